// The table of categories, flat or under their stages.
import {colour, el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

const SCALES = [5, 10, 20, 25, 40, 50, 75, 100];

/** `known` are the remedies (js/overview/remedies.js). */
export function table(context, known) {
  const flat = el('button', {type: 'button', on: {click: () => context.go({rows: null}, {replace: true})}}, 'Categories');
  const tree = el('button', {type: 'button', on: {click: () => context.go({rows: 'stages'}, {replace: true})}}, 'By stage');
  const toggle = el('div', {class: 'segments small', role: 'group', 'aria-label': 'Rows of the table'}, flat, tree);
  const scale = el('span', {class: 'scale', 'aria-hidden': 'true'});
  const change = el('th', {scope: 'col', role: 'columnheader', class: 'number change'}, 'Change');
  const head = el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'},
    el('th', {scope: 'col', role: 'columnheader'}, 'Category'),
    el('th', {scope: 'col', role: 'columnheader', class: 'number'}, 'Notes'),
    el('th', {scope: 'col', role: 'columnheader'}, el('span', {class: 'split'}, 'Share, 95 % interval', scale)),
    change,
    el('th', {scope: 'col', role: 'columnheader'}, 'In their words')));
  const body = el('tbody', {role: 'rowgroup'});
  const rows = el('table', {role: 'table', class: 'categories'},
    el('caption', {class: 'unseen'}, 'Categories of the decided notes, most frequent first'), head, body);
  const element = el('section', {class: 'ranking', 'aria-label': 'Categories'},
    el('div', {class: 'section-head'}, el('h2', {class: 'title'}, 'What goes wrong'), toggle), rows);

  let last = null;
  const draw = () => {
    const {data, taxonomy} = last;
    const stages = context.place().rows === 'stages' && (data.groups ?? []).length > 0;
    toggle.hidden = (data.groups ?? []).length === 0;
    flat.setAttribute('aria-pressed', String(!stages));
    tree.setAttribute('aria-pressed', String(stages));
    const shown = stages ? underGroups(data) : data.rows.map((row) => ({row}));
    const compared = data.rows.some((row) => row.change);
    rows.classList.toggle('compared', compared);
    const end = scaleOf(shown);
    text(scale, 'bars to ' + end + ' %');
    const withRemedies = shown.flatMap((item) => (known.of(item.row.category, taxonomy, stages).length ? [item, {remedies: item.row, below: item.below}] : [item]));
    keyed(body, withRemedies, (item) => (item.remedies ? 'r-' + item.remedies.category : (item.group ? 'g-' : 'c-') + item.row.category),
      (item) => (item.remedies ? known.row() : createRow(known, () => last.taxonomy)),
      (tr, item) => (item.remedies ? known.draw(tr, item.remedies, taxonomy, {stages, columns: compared ? 5 : 4}) : updateRow(tr, item, {end, stages, context, taxonomy})));
  };
  return {
    element,
    show(data, taxonomy) {
      last = {data, taxonomy};
      draw();
    },
    place() {
      if (last) draw();
    },
  };
}

function scaleOf(items) {
  const most = Math.max(0, ...items.map(({row}) => 100 * row.interval.high));
  return SCALES.find((s) => s >= most) ?? 100;
}

/** Each group with its rows below it, the largest first; what is in no group stands for itself. */
function underGroups(data) {
  const tops = [
    ...data.groups.map((row) => ({row, group: true, rows: data.rows.filter((r) => r.parent === row.category)})),
    ...data.rows.filter((row) => !data.groups.some((g) => g.category === row.parent)).map((row) => ({row, top: true, rows: []})),
  ].sort((a, b) => b.row.count - a.row.count);
  return tops.flatMap((top) => [top, ...top.rows.map((row) => ({row, below: true}))]);
}

function createRow(known, taxonomy) {
  const deployed = el('button', {type: 'button', class: 'link remedy-mark', 'data-needs': 'reviewer'}, 'Remedy deployed…');
  const tr = el('tr', {role: 'row'},
    el('td', {role: 'cell', class: 'name'}, el('span', {class: 'dot'}), el('a', {'data-route': true}), el('span', {class: 'stage'}), deployed),
    el('td', {role: 'cell', class: 'number count'}),
    el('td', {role: 'cell', class: 'share'},
      el('span', {class: 'bar', 'aria-hidden': 'true'}, el('i'), el('b')),
      el('span', {class: 'figures'}, el('strong'), ' ', el('span', {class: 'interval'}))),
    el('td', {role: 'cell', class: 'number change'}),
    el('td', {role: 'cell', class: 'examples'}, el('ul')));
  deployed.addEventListener('click', () => known.mark(tr.dataset.key.slice(2), taxonomy()));
  return tr;
}

function updateRow(tr, {row, group, top, below}, {end, stages, context, taxonomy}) {
  const [name, count, share, change, examples] = tr.children;
  tr.style.setProperty('--c', colour(row.colour));
  tr.classList.toggle('group', Boolean(group || top));
  tr.classList.toggle('below', Boolean(below));
  const link = name.querySelector('a');
  text(link, row.name);
  const mark = name.querySelector('.remedy-mark');
  mark.hidden = row.category === 'no-error';
  mark.setAttribute('aria-label', 'Remedy deployed against ' + row.name + '…');
  link.setAttribute('href', context.href({view: 'notes', categories: [row.category]}));
  text(name.querySelector('.stage'), row.parent && !stages ? taxonomy.nameOf(row.parent) : '');
  text(count, format.number(row.count));
  const [fill, whisker] = share.querySelector('.bar').children;
  fill.style.width = (10000 * row.share) / end + '%';
  whisker.style.left = (10000 * row.interval.low) / end + '%';
  whisker.style.width = (10000 * (row.interval.high - row.interval.low)) / end + '%';
  text(share.querySelector('strong'), format.percent(row.share));
  text(share.querySelector('.interval'), format.interval(row.interval));
  drawChange(change, row.change);
  keyed(examples.firstElementChild, row.examples ?? [], (e) => 'n-' + e.noteId,
    () => el('li', {}, el('a', {'data-route': true, dir: 'auto'})),
    (li, example) => {
      text(li.firstElementChild, '“' + example.quote + '”');
      li.firstElementChild.setAttribute('href', context.href({view: 'notes', categories: [row.category], note: example.noteId}));
    });
}

/** Up or down only where the interval of the difference leaves out zero: the rest is chance. */
function drawChange(cell, change) {
  const points = 100 * (change?.difference ?? 0);
  const way = !change?.significant ? 'none' : points > 0 ? 'up' : 'down';
  cell.dataset.way = way;
  cell.title = !change ? '' : (way === 'none' ? 'No significant change' : signed(points) + ' percentage points')
    + ' against the window before; 95 % interval ' + signed(100 * change.low) + ' to ' + signed(100 * change.high);
  text(cell, way === 'none' ? (change ? '–' : '') : (way === 'up' ? '▲ ' : '▼ ') + signed(points));
}

const signed = (points) => (points > 0 ? '+' : points < 0 ? '−' : '') + Math.abs(points).toFixed(1);
