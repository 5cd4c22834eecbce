// A category's change taken apart: what the new version alone does to the same notes, and what the notes do.
import {colour, el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {list, points, span} from './points.js';

const SCALES = [5, 10, 20, 25, 40, 50, 75, 100];
const KINDS = [['total', 'In all'], ['relabelled', 'Relabelled'], ['real', 'Real']];

/** `element`, `draw(data, before, after)` with the answer of the API and both taxonomies. */
export function shifts() {
  const body = el('tbody', {role: 'rowgroup'});
  const head = (words, kind) => el('th', {scope: 'col', role: 'columnheader', class: kind}, words);
  const scale = el('span', {class: 'scale', 'aria-hidden': 'true'});
  const both = el('th', {scope: 'col', role: 'columnheader', class: 'twice'}, el('span'), scale);
  const reason = el('p', {class: 'banner', hidden: true, dir: 'auto'});
  const table = el('table', {role: 'table', class: 'shift-table'}, el('caption', {class: 'unseen'}, 'Each category counted under both versions over the same notes, and its change taken apart, in percentage points with 95 % intervals'),
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, head('Category'), both, ...KINDS.map(([, words]) => head(words, 'number')), head('In words'))), body);
  const element = el('div', {}, reason, table, el('details', {class: 'why'}, el('summary', {}, 'How this is counted'),
    el('p', {}, 'The two bars are the same notes counted twice: with the labels of the old version that lead to the category, and with its own label. Their difference is “relabelled”: what the new version alone does. Its interval is that of a difference of paired shares.'),
    el('p', {}, '“Real” compares like with like: the share under the new version among notes seen since its activation, against its share under the same version among the reclassified notes seen before. “In all” is what a chart shows where the versions meet: after the activation under the new version, before it under the old one.'),
    el('p', {}, 'What is within chance is called so: its 95 % interval holds zero. Reviews by people count as they do in the statistics.')));

  return {element, draw(data, before, after) {
    const rows = data.categories.filter((row) => row.counted.from > 0 || row.counted.to > 0 || row.change.real);
    const reasons = new Set(data.categories.map((row) => row.change.reason).filter(Boolean));
    reason.hidden = reasons.size === 0;
    text(reason, 'What is real cannot be told yet. ' + [...reasons].join(' '));
    const most = Math.max(1, ...rows.map((row) => 100 * Math.max(row.counted.from, row.counted.to) / data.overlap));
    const end = SCALES.find((one) => one >= most) ?? 100;
    text(both.firstElementChild, 'Counted twice ');
    text(scale, 'to ' + end + ' %');
    keyed(body, rows, (row) => 's-' + row.category, create, (tr, row) => drawRow(tr, row, {data, before, after, end}));
  }};
}

function create() {
  const counted = () => el('span', {class: 'twice-line'}, el('span', {class: 'bar thin', 'aria-hidden': 'true'}, el('i')), el('span', {class: 'twice-words'}));
  return el('tr', {role: 'row'},
    el('th', {scope: 'row', role: 'rowheader', class: 'review-category'}, el('span', {class: 'review-named'}, el('span', {class: 'dot', 'aria-hidden': 'true'}), el('span', {dir: 'auto'})), el('span', {class: 'quiet from-names', dir: 'auto'})),
    el('td', {role: 'cell', class: 'twice'}, counted(), counted()),
    ...KINDS.map(([, words]) => el('td', {role: 'cell', class: 'number shift', 'data-name': words}, el('strong'), el('span', {class: 'interval'}))),
    el('td', {role: 'cell', class: 'shift-words'}));
}

function drawRow(tr, row, {data, before, after, end}) {
  const [head, twice, total, relabelled, real, words] = tr.children;
  tr.style.setProperty('--c', colour(row.colour ?? after.get(row.category)?.colour));
  const name = row.name ?? after.nameOf(row.category);
  text(head.firstElementChild.lastElementChild, name);
  const names = row.predecessors.map(before.nameOf);
  text(head.lastElementChild, names.length === 1 && names[0] === name ? '' : names.length ? 'from ' + list(names) : 'new');
  [[row.counted.from, data.from], [row.counted.to, data.to]].forEach(([count, ref], i) => {
    const [bar, say] = twice.children[i].children;
    bar.classList.toggle('said', i === 0);
    bar.firstElementChild.style.width = Math.min(100, 10000 * count / data.overlap / end) + '%';
    text(say, format.percent(count / data.overlap) + ' · ' + format.number(count) + ' under ' + (ref.id ? ref.id + '@' + ref.version : ref));
  });
  [total, relabelled, real].forEach((cell, i) => {
    const value = row.change[KINDS[i][0]];
    cell.dataset.way = !value?.significant ? 'none' : value.difference > 0 ? 'up' : 'down';
    text(cell.firstElementChild, value ? points(value.difference) : '–');
    text(cell.lastElementChild, value ? span(value) : '');
  });
  text(words, sentence(row.change));
}

/** What can be said of a category, and what cannot. */
export function sentence({real, relabelled}) {
  const named = !relabelled ? '' : relabelled.significant
    ? 'The new version alone ' + (relabelled.difference > 0 ? 'adds ' : 'takes away ') + points(Math.abs(relabelled.difference), false) + ' points.'
    : 'The new version alone changes no more than chance would.';
  if (!real) return named;
  const really = real.significant ? 'It really ' + (real.difference > 0 ? 'rose' : 'fell') + ' by ' + points(Math.abs(real.difference), false) + ' points (' + span(real) + ').'
    : 'No real change beyond chance (' + span(real) + ').';
  return really + ' ' + named;
}
