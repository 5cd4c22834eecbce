// How often what goes wrong: totals, course over time, table, sources.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted, piece} from '../lib/place.js';
import {named} from '../lib/taxonomy.js';
import {refOf} from '../taxonomy/refs.js';
import {chart} from './chart.js';
import {cross} from './cross.js';
import {rate} from './rate.js';
import {remedies} from './remedies.js';
import {table} from './table.js';
import {tiles} from './tiles.js';

export const KEYS = [['t', 'Table by stages or by categories']];

/** How old the chart and the table by source may be; a series costs more than a table. */
const SLOWER = 2000;
const REVIEWS = 15_000;
const REMEDIES = 15_000;

export function view(root, context) {
  const title = el('h1');
  const about = el('p', {class: 'lead'});
  const undecided = el('p', {class: 'undecided', hidden: true});
  const empty = el('div', {class: 'empty', hidden: true},
    el('h2', {}, 'No note is decided yet'),
    el('p', {}, 'Notes appear here by themselves as soon as R1 has judged them. If you expect some, look at the window and the sources above.'));
  const totals = tiles();
  const speed = rate((now) => totals.rate(now));
  const course = chart(context);
  const known = remedies(context, () => remedied.now());
  const categories = table(context, known);
  const bySource = cross(context);
  root.replaceChildren(el('div', {class: 'opening'}, title, about), totals.element, course.element, categories.element, undecided, empty, bySource.element);

  const numbers = context.refresher(async (signal) => {
    const place = context.place();
    const [taxonomy, data] = await Promise.all([context.taxonomy(), context.ask('statistics?' + counted(place), {signal})]);
    context.simulated(data.simulated);
    text(title, data.title ?? data.taxonomy.id);
    text(about, span(data) + models(data.models));
    totals.counts(data);
    const none = data.rows.length === 0;
    categories.element.hidden = none;
    course.element.hidden = none;
    bySource.element.hidden = none;
    empty.hidden = !none || data.undecided > 0;
    categories.show(data, taxonomy);
    drawUndecided(undecided, data, context);
    context.say(spoken(data));
  });
  const series = context.refresher(async (signal) => {
    const place = context.place();
    const [taxonomy, data] = await Promise.all([context.taxonomy(), context.ask('statistics/series?' + counted(place), {signal})]);
    await course.show(data, taxonomy);
    if (!place.under) return;
    try {
      const [other, earlier] = await Promise.all([context.ask('taxonomies/' + piece(place.under), {signal}).then(named),
        context.ask('statistics/series?' + counted(place, {taxonomy: place.under}), {signal})]);
      await course.showBefore(earlier, other);
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      context.go({under: null}, {replace: true});
    }
  }, SLOWER);
  const versions = context.refresher(async (signal) => {
    course.before(before(await context.ask('taxonomies', {signal})));
  }, SLOWER);
  const remedied = context.refresher(async (signal) => {
    try {
      known.set((await context.ask('remedies?' + sourcesOf(context.place()), {signal})).remedies);
    } catch (error) {
      if (error.status !== 404) throw error;
      known.set([]);
    }
    categories.place();
  }, REMEDIES);
  const sources = context.refresher(async (signal) => {
    if (!bySource.isOpen()) return;
    const [taxonomy, data] = await Promise.all([context.taxonomy(), context.ask('statistics/by/source?' + counted(context.place()), {signal})]);
    bySource.show(data, taxonomy);
  }, SLOWER);
  const reviews = context.refresher(async (signal) => {
    try {
      totals.reviews(await context.ask('reviews?' + counted(context.place()), {signal}));
    } catch (error) {
      if (error.status !== 404) throw error;
      totals.reviews(null);
    }
  }, REVIEWS);
  const all = [numbers, series, sources, reviews, versions, remedied];

  let asked = null;
  return {
    update(place) {
      speed.of(place.sources);
      categories.place(place);
      course.place(place);
      bySource.place(place);
      const now = counted(place).toString() + ' ' + place.under;
      if (now !== asked || bySource.isOpen()) sources.now();
      if (now === asked) return numbers.soon();
      if (asked === null) versions.now();
      asked = now;
      for (const refresh of [numbers, series, reviews, remedied]) refresh.now();
    },
    live(kind, data) {
      if (kind === 'statistics' || kind === 'open' || kind === 'reset') {
        for (const refresh of [numbers, series, sources]) refresh.soon();
      }
      if (kind === 'taxonomies') for (const refresh of [numbers, series, sources, versions, remedied]) refresh.soon();
      if (kind === 'remedies') remedied.now();
      if (kind === 'statistics' || kind === 'open') remedied.soon();
      if (kind === 'decisions') {
        speed.count(data);
        if (data.some((decision) => decision.type === 'reviewed')) reviews.soon();
      }
    },
    key(event) {
      if (event.key !== 't') return false;
      context.go({rows: context.place().rows === 'stages' ? null : 'stages'}, {replace: true});
      return true;
    },
    theme: () => course.redraw(),
    close() {
      for (const refresh of all) refresh.stop();
      speed.stop();
      course.close();
    },
  };
}

/** Of the versions that have notes and are not active, the one that was active last. */
function before(versions) {
  const last = (each) => each.activation?.at ?? '';
  const others = versions.filter((each) => !each.active && each.known && each.decided > 0);
  return refOf(others.sort((a, b) => last(b).localeCompare(last(a)) || b.decided - a.decided)[0]?.taxonomy);
}

/** Effects of remedies have windows of their own; the sources are the page's. */
function sourcesOf(place) {
  const query = new URLSearchParams();
  for (const source of place.sources) query.append('source', source);
  return query;
}

function span(data) {
  if (!data.from) return 'All time';
  return format.time(data.from) + ' – ' + (data.to ? format.time(data.to) : 'now');
}

function models(counts) {
  const all = Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return all.length === 0 ? '' : ' · judged by ' + all.slice(0, 3).join(', ') + (all.length > 3 ? ' and ' + (all.length - 3) + ' more' : '');
}

function spoken(data) {
  const first = data.rows[0];
  return format.notes(data.decided) + ' decided, ' + format.number(data.undecided) + ' undecided.'
    + (first ? ' Most frequent: ' + first.name + ', ' + format.percent(first.share) + '.' : '');
}

function drawUndecided(line, data, context) {
  line.hidden = data.undecided === 0;
  if (line.hidden) return;
  if (!line.firstElementChild) line.append(el('a', {'data-route': true}), ' R1 gave no acceptable answer for them; they are in no share.');
  const link = line.firstElementChild;
  text(link, format.number(data.undecided) + ' undecided');
  link.setAttribute('href', context.href({view: 'notes', categories: ['~undecided']}));
}
