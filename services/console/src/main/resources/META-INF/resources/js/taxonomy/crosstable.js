// Notes by their labels under two versions: a table whose cells are the darker the more notes are in them. What the
// crosswalk does not lead to is marked with a sign and in words, not by colour alone.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

const SENTENCES = 8;

/** `element`, `draw(data, before, after)`. */
export function crossTable() {
  const list = el('ol', {class: 'confusion-most'});
  const none = el('p', {class: 'quiet', hidden: true}, 'Every note got a label that the crosswalk leads to.');
  const title = el('h3', {}, 'What the crosswalk does not expect');
  const table = el('table', {class: 'confusion'});
  const element = el('div', {}, title, none, list,
    el('div', {class: 'confusion-scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of old labels against new ones'}, table),
    el('p', {class: 'quiet'}, 'Rows are labels under the old version, columns under the new one. A label with * is one that the crosswalk does not lead to.'));
  return {element, draw({table: cells, overlap}, before, after) {
    const odd = cells.filter((cell) => !cell.expected).sort((a, b) => b.count - a.count);
    none.hidden = odd.length > 0;
    keyed(list, odd.slice(0, SENTENCES), (cell) => cell.from + ' ' + cell.to, () => el('li', {dir: 'auto'}, el('strong'), el('span')), (li, cell) => {
      text(li.firstElementChild, format.number(cell.count) + ' ×');
      text(li.lastElementChild, before.nameOf(cell.from) + ' became ' + after.nameOf(cell.to) + ' (' + format.percent(cell.count / overlap) + ' of the notes)');
    });
    draw(table, cells, before, after);
  }};
}

function draw(table, cells, before, after) {
  const found = new Map(cells.map((cell) => [cell.from + ' ' + cell.to, cell]));
  const rows = order(cells.map((cell) => cell.from), before);
  const columns = order(cells.map((cell) => cell.to), after);
  const most = Math.max(...cells.map((cell) => cell.count));
  const header = (id, scope, taxonomy) => {
    const dot = el('span', {class: 'dot', 'aria-hidden': 'true'});
    dot.style.setProperty('--c', taxonomy.colourOf(id));
    return el('th', {scope, title: taxonomy.nameOf(id)}, el('span', {class: 'confusion-name', dir: 'auto'}, dot, el('span', {}, taxonomy.nameOf(id))));
  };
  const drawCell = (from, to) => {
    const cell = found.get(from + ' ' + to);
    if (!cell) return el('td', {}, el('span', {class: 'unseen'}, '0'));
    const td = el('td', {class: cell.expected ? 'same' : 'differs', title: format.notes(cell.count) + ': ' + before.nameOf(from) + ' became ' + after.nameOf(to) + (cell.expected ? ', as the crosswalk says' : ', which the crosswalk does not expect')},
      format.number(cell.count), cell.expected ? null : el('span', {'aria-hidden': 'true'}, '*'), cell.expected ? null : el('span', {class: 'unseen'}, ' not expected'));
    td.style.setProperty('--heat', (0.12 + 0.88 * Math.sqrt(cell.count / most)).toFixed(3));
    return td;
  };
  table.replaceChildren(
    el('caption', {class: 'unseen'}, 'Notes judged under both versions: rows are their old labels, columns their new ones'),
    el('thead', {}, el('tr', {}, el('td', {class: 'confusion-corner'}, el('span', {}, before.ref.id + '@' + before.ref.version + ' ↓'), el('span', {}, after.ref.id + '@' + after.ref.version + ' →')), columns.map((id) => header(id, 'col', after)))),
    el('tbody', {}, rows.map((from) => el('tr', {}, header(from, 'row', before), columns.map((to) => drawCell(from, to))))));
}

/** Labels that occur, in the taxonomy's order. */
function order(ids, taxonomy) {
  const seen = new Set(ids);
  return [...taxonomy.categories.map((category) => category.id).filter((id) => seen.delete(id)), ...seen];
}
