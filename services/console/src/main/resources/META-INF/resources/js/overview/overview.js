// The table of categories with totals.
import {colour, el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted} from '../lib/place.js';
import {UNDECIDED} from '../lib/taxonomy.js';

const SCALES = [5, 10, 20, 25, 40, 50, 75, 100];

export const KEYS = [];

export function view(root, context) {
  const draw = table(root, context);
  const refresh = context.refresher(async (signal) => {
    const place = context.place();
    const [taxonomy, data] = await Promise.all([context.taxonomy(), context.ask('statistics?' + counted(place), {signal})]);
    context.simulated(data.simulated);
    draw(data, place, taxonomy);
  });
  return {
    update: () => refresh.now(),
    live: (kind) => { if (kind === 'statistics' || kind === 'open') refresh.soon(); },
    close: refresh.stop,
  };
}

function table(view, context) {
  const tiles = el('dl', {class: 'tiles'});
  const strip = el('div', {class: 'strip', 'aria-hidden': 'true'});
  const scale = el('span', {class: 'scale', 'aria-hidden': 'true'});
  const head = el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'},
    el('th', {scope: 'col', role: 'columnheader'}, 'Category'),
    el('th', {scope: 'col', role: 'columnheader', class: 'number'}, 'Notes'),
    el('th', {scope: 'col', role: 'columnheader'}, 'Share, 95 % interval', scale),
    el('th', {scope: 'col', role: 'columnheader'}, 'In their words')));
  const body = el('tbody', {role: 'rowgroup'});
  const table = el('table', {role: 'table', class: 'categories'},
    el('caption', {class: 'unseen'}, 'Categories of the decided notes, most frequent first'), head, body);
  const undecided = el('p', {class: 'undecided'});
  const empty = el('div', {class: 'empty', hidden: true},
    el('h2', {}, 'No note is decided yet'),
    el('p', {}, 'Notes appear here by themselves as soon as R1 has judged them. If you expect some, look at the window and the sources above.'));
  const title = el('h1');
  view.replaceChildren(title, tiles, strip, table, undecided, empty);

  return (data, place, taxonomy) => {
    text(title, data.title ?? data.taxonomy.id);
    drawTiles(tiles, data);
    drawStrip(strip, data.rows);
    const most = Math.max(0, ...data.rows.map((row) => 100 * row.interval.high));
    const end = SCALES.find((s) => s >= most) ?? 100;
    text(scale, 'bars to ' + end + ' %');
    const none = data.rows.length === 0;
    table.hidden = none;
    strip.hidden = none;
    empty.hidden = !none || data.undecided > 0;
    keyed(body, data.rows, (row) => 'c-' + row.category, createRow, (tr, row) => updateRow(tr, row, end, context, taxonomy));
    drawUndecided(undecided, data, context);
  };
}

function drawTiles(tiles, data) {
  const models = Object.entries(data.models).sort((a, b) => b[1] - a[1]);
  const asked = data.decided + data.undecided;
  const spent = data.usage.prompt + data.usage.reasoning + data.usage.answer;
  const tile = (key, name, value, hint) => ({key, name, value, hint});
  keyed(tiles, [
    tile('decided', 'Decided', format.number(data.decided), data.decided === 1 ? 'note' : 'notes'),
    tile('undecided', 'Undecided', format.number(data.undecided), 'not in the shares'),
    tile('tokens', 'Tokens', format.compact(spent), asked ? format.number(spent / asked) + ' per note' : ''),
    tile('model', models.length > 1 ? 'Models' : 'Model', models[0]?.[0] ?? '–',
      models.length > 1 ? 'and ' + models.slice(1).map(([name, count]) => name + ' (' + count + ')').join(', ') : ''),
  ], (t) => t.key, () => el('div', {}, el('dt'), el('dd'), el('dd', {class: 'hint'})), (div, t) => {
    text(div.children[0], t.name);
    text(div.children[1], t.value);
    text(div.children[2], t.hint);
    div.classList.toggle('wordy', t.key === 'model');
  });
}

function drawStrip(strip, rows) {
  keyed(strip, rows, (row) => 's-' + row.category, () => el('i'), (i, row) => {
    i.style.setProperty('--c', colour(row.colour));
    i.style.flexGrow = String(row.share);
    i.title = row.name + ': ' + format.percent(row.share);
  });
}

function createRow() {
  return el('tr', {role: 'row'},
    el('td', {role: 'cell', class: 'name'}, el('span', {class: 'dot'}), el('a', {'data-route': true}), el('span', {class: 'stage'})),
    el('td', {role: 'cell', class: 'number count'}),
    el('td', {role: 'cell', class: 'share'},
      el('span', {class: 'bar', 'aria-hidden': 'true'}, el('i'), el('b')),
      el('span', {class: 'figures'}, el('strong'), ' ', el('span', {class: 'interval'}))),
    el('td', {role: 'cell', class: 'examples'}, el('ul')));
}

function updateRow(tr, row, end, context, taxonomy) {
  const [name, count, share, examples] = tr.children;
  tr.style.setProperty('--c', colour(row.colour));
  const link = name.querySelector('a');
  text(link, row.name);
  link.setAttribute('href', context.href({view: 'notes', categories: [row.category]}));
  text(name.querySelector('.stage'), row.parent ? taxonomy.nameOf(row.parent) : '');
  text(count, format.number(row.count));
  const [fill, whisker] = share.querySelector('.bar').children;
  fill.style.width = (10000 * row.share) / end + '%';
  whisker.style.left = (10000 * row.interval.low) / end + '%';
  whisker.style.width = (10000 * (row.interval.high - row.interval.low)) / end + '%';
  text(share.querySelector('strong'), format.percent(row.share));
  text(share.querySelector('.interval'), format.interval(row.interval));
  keyed(examples.firstElementChild, row.examples, (e) => 'n-' + e.noteId,
    () => el('li', {}, el('a', {'data-route': true, dir: 'auto'})),
    (li, example) => {
      text(li.firstElementChild, '“' + example.quote + '”');
      li.firstElementChild.setAttribute('href', context.href({view: 'notes', categories: [row.category], note: example.noteId}));
    });
}

function drawUndecided(line, data, context) {
  line.hidden = data.undecided === 0;
  if (line.hidden) return;
  if (!line.firstElementChild) line.append(el('a', {'data-route': true}), ' R1 gave no acceptable answer for them; they are in no share.');
  const link = line.firstElementChild;
  text(link, format.number(data.undecided) + ' undecided');
  link.setAttribute('href', context.href({view: 'notes', categories: [UNDECIDED]}));
}
