// Puts the page together: reads where the reader is from the URL, asks for what belongs there, stays up to date.
import {alerts} from './js/alerts.js';
import {ask, listen, Refused} from './js/api.js';
import {controls} from './js/controls.js';
import {el, text} from './js/dom.js';
import * as format from './js/format.js';
import {list} from './js/list.js';
import {note} from './js/note.js';
import {overview} from './js/overview.js';
import {counted, here, url} from './js/place.js';

const PAGE = 50;
const SPEAK_EVERY = 5000;
const $ = (id) => document.getElementById(id);
const view = $('view');

let taxonomy;
let drawn = {};        // what the view shows now: kind, key, draw
let wanted = PAGE;     // notes of a list
let running = null;    // the refresh under way
let again = false;     // something changed meanwhile
let spokenAt = 0;

const drawControls = controls($('controls'), (picked) => go({...here(), ...picked, note: null}));

function go(place) {
  history.pushState(null, '', url(place));
  arrive();
}

function arrive() {
  wanted = PAGE;
  running?.abort();
  running = null;
  refresh();
}

/** One refresh at a time; changes that come meanwhile make one more afterwards. */
async function refresh() {
  if (running) {
    again = true;
    return;
  }
  again = false;
  const mine = new AbortController();
  running = mine;
  try {
    await show(here(), mine.signal);
    trouble(null);
  } catch (error) {
    if (mine.signal.aborted) return;
    if (error instanceof Refused) refused(error);
    else trouble('The console cannot be reached. What you see may be out of date.');
  } finally {
    if (running === mine) running = null;
  }
  if (again) refresh();
}

async function show(place, signal) {
  const options = {signal, onWait: (why) => trouble(why + ' One moment…')};
  taxonomy ??= named(await ask('taxonomy', options));
  const [table, sources] = await Promise.all([
    ask('statistics?' + counted(place), options), ask('sources', options)]);
  $('simulated').hidden = !table.simulated;
  drawControls(place, sources);
  speak(table);
  if (place.note) return showNote(place, options);
  if (place.category) return showList(place, table, options);
  draw('overview', '', () => overview(view), 'Rationale')(table, place, taxonomy);
}

async function showNote(place, options) {
  const detail = await ask('notes/' + encodeURIComponent(place.note), options);
  const state = JSON.stringify([detail.category, detail.history.length]);
  draw('note', place.note + state, () => { note(view, detail, place, taxonomy); return () => {}; }, 'Note ' + place.note);
}

async function showList(place, table, options) {
  const found = [];
  let cursor = null;
  do {
    const query = counted(place, {category: place.category, limit: PAGE});
    if (cursor) query.set('cursor', cursor);
    const page = await ask('notes?' + query, options);
    found.push(...page.notes);
    cursor = page.cursor;
  } while (cursor && found.length < wanted);
  const row = table.rows.find((r) => r.category === place.category);
  const make = () => list(view, () => { wanted += PAGE; refresh(); });
  draw('list', place.category, make, taxonomy.nameOf(place.category))(found, Boolean(cursor), row, place, taxonomy);
}

/** Builds a view once, then only updates it. A new view starts at its top. */
function draw(kind, key, make, title) {
  if (drawn.kind !== kind || drawn.key !== key) {
    const moved = drawn.kind !== undefined && (drawn.kind !== kind || kind === 'list');
    drawn = {kind, key, draw: make()};
    document.title = title === 'Rationale' ? title : title + ' · Rationale';
    if (moved) {
      scrollTo(0, 0);
      view.focus({preventScroll: true});
    }
  }
  return drawn.draw;
}

function named(tree) {
  const categories = new Map(tree.categories.map((category) => [category.id, category]));
  return {get: (id) => categories.get(id), nameOf: (id) => categories.get(id)?.name ?? id};
}

function refused(error) {
  drawn = {kind: 'refused', key: '', draw: () => {}};
  view.replaceChildren(
    el('nav', {class: 'trail'}, el('a', {'data-route': true, href: '?'}, 'All categories')),
    el('div', {class: 'empty'}, el('h1', {}, error.status === 404 ? 'Not found' : 'That does not work'), el('p', {}, error.message)));
}

function trouble(words) {
  $('trouble').hidden = words === null;
  if (words !== null) text($('trouble'), words);
}

function speak(table) {
  if (Date.now() - spokenAt < SPEAK_EVERY) return;
  spokenAt = Date.now();
  const first = table.rows[0];
  text($('spoken'), format.notes(table.decided) + ' decided, ' + format.number(table.undecided) + ' undecided.'
    + (first ? ' Most frequent: ' + first.name + ', ' + format.percent(first.share) + '.' : ''));
}

function connection(alive) {
  $('connection').dataset.state = alive ? 'live' : 'lost';
  text($('connection').querySelector('.words'), alive ? 'Live' : 'Connection lost, trying again…');
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-route]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  arrive();
});
addEventListener('popstate', arrive);

const drawAlerts = alerts($('alerts'));
listen(refresh, () => drawAlerts().catch(() => {}), connection);
ask('about').then((about) => text($('about'),
  'Rationale ' + about.version + ' · taxonomy ' + about.taxonomy.id + '@' + about.taxonomy.version + ' · topics ' + about.topicPrefix + '*')).catch(() => {});
refresh();
