// What a change of version did to the counts: how much of a category's change is real, and how much is another name for the
// same notes.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted} from '../lib/place.js';
import {named} from '../lib/taxonomy.js';
import {crossTable} from './crosstable.js';
import {pathOf, refOf, stateOf} from './refs.js';
import {shifts} from './shifts.js';

const MOVE_EVERY = 3000;

export function change(root, context) {
  const picker = (id, key) => el('select', {id, on: {change: (event) => context.go({[key]: event.target.value}, {replace: true})}});
  const from = picker('change-from', 'against');
  const to = picker('change-to', 'version');
  const headline = el('p', {class: 'change-headline'});
  const hint = el('p', {class: 'quiet'});
  const empty = el('div', {class: 'empty', hidden: true}, el('h2'), el('p'), el('p', {}, el('a', {'data-route': true, class: 'button primary'}, 'Reclassify older notes')));
  const changes = shifts();
  const table = crossTable();
  const shown = el('div', {class: 'change-parts', hidden: true},
    el('section', {class: 'sheet', 'aria-labelledby': 'shifts-title'}, el('h2', {class: 'title', id: 'shifts-title'}, 'Category by category'), changes.element),
    el('section', {class: 'sheet', 'aria-labelledby': 'cross-title'}, el('h2', {class: 'title', id: 'cross-title'}, 'The same notes under both versions'), table.element));
  const waiting = el('p', {class: 'waiting'}, 'Loading…');
  root.replaceChildren(el('div', {class: 'change-bar'},
    el('label', {class: 'field', for: 'change-from'}, 'From', from), el('label', {class: 'field', for: 'change-to'}, 'to', to)), headline, hint, empty, waiting, shown);

  const loading = context.refresher(async (signal) => {
    const place = context.place();
    const versions = (await context.ask('taxonomies', {signal})).filter((each) => each.known);
    const [old, now] = chosen(versions, place);
    options(from, versions, old);
    options(to, versions, now);
    waiting.hidden = true;
    if (old === now) return nothing('There is one version only', 'As soon as notes are judged under a second one, both countings are compared here.', now);
    const query = counted(place, {from: old, to: now});
    // The API has from and to for the versions, so that its times have names of their own.
    if (place.from) {
      query.set('since', place.from);
      if (place.to) query.set('until', place.to);
    }
    const [data, before, after] = await Promise.all([context.ask('statistics/relabelling?' + query, {signal}),
      ...[old, now].map((ref) => context.ask(pathOf(ref), {signal}).then(named))]);
    if (data.overlap === 0) return nothing('No note is judged under both versions', 'Reclassify some of the older notes under ' + now + ': a few hundred tell how its labels differ from those of ' + old + '.', now);
    empty.hidden = true;
    shown.hidden = false;
    text(headline, format.notes(data.overlap) + ' judged under both versions: ' + format.percent(data.agreed / data.overlap) + ' got a label that the crosswalk leads to.');
    text(hint, [data.activatedAt ? now + ' in use since ' + format.time(data.activatedAt) : now + ' was never in use',
      format.number(data.onlyFrom) + ' judged under ' + old + ' only', format.number(data.onlyTo) + ' under ' + now + ' only'].join(' · '));
    changes.draw(data, before, after);
    table.draw(data, before, after);
  }, MOVE_EVERY);

  function nothing(title, words, target) {
    empty.hidden = false;
    shown.hidden = true;
    text(headline, '');
    text(hint, '');
    text(empty.children[0], title);
    text(empty.children[1], words);
    empty.children[2].firstElementChild.setAttribute('href', context.href({part: 'reclassify', version: target, against: null}));
  }

  return {
    update: () => loading.now(),
    live(kind) {
      if (['statistics', 'taxonomies', 'open', 'reset'].includes(kind)) loading.soon();
    },
    close: () => loading.stop(),
  };
}

/** The active version and the one before it, unless the reader chose others. */
function chosen(versions, place) {
  const now = place.version ?? refOf(versions.find((each) => each.active)?.taxonomy);
  const last = (each) => each.activation?.at ?? '';
  const before = versions.filter((each) => refOf(each.taxonomy) !== now && each.decided > 0).sort((a, b) => last(b).localeCompare(last(a)) || b.decided - a.decided)[0];
  return [place.against ?? refOf(before?.taxonomy) ?? now, now];
}

function options(select, versions, value) {
  keyed(select, versions, (each) => 'o-' + refOf(each.taxonomy), (each) => el('option', {value: refOf(each.taxonomy)}), (option, each) =>
    text(option, refOf(each.taxonomy) + ' (' + stateOf(each).toLowerCase() + ')'));
  select.value = value;
}
