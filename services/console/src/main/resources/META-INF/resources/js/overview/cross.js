// Categories by source.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

const KINDS = {others: 'Other sources', none: 'Without source'};

/** Folded away until it is wanted, which the URL keeps; then `show(table, taxonomy)`. */
export function cross(context) {
  const head = el('tr');
  const body = el('tbody');
  const element = el('details', {class: 'fold by-source'}, el('summary', {}, 'Categories by source'),
    el('div', {class: 'wide sheet', tabindex: '0', role: 'region', 'aria-label': 'Categories by source'},
      el('table', {class: 'table'}, el('caption', {class: 'unseen'}, 'Share of each category among the decided notes of each source'), el('thead', {}, head), body)));
  element.addEventListener('toggle', () => {
    if (element.open !== (context.place().by === 'source')) context.go({by: element.open ? 'source' : null}, {replace: true});
  });
  return {
    element,
    isOpen: () => element.open,
    place: (place) => { element.open = place.by === 'source'; },
    show(data, taxonomy) {
      const columns = [{key: 'category'}, ...data.columns.map((column, i) => ({key: column.kind + ':' + (column.value ?? i), column}))];
      keyed(head, columns, (c) => c.key, (c) => el('th', {scope: 'col', class: c.column ? 'number' : null}, el('bdi'), el('span', {class: 'below'})), (th, c) => {
        text(th.firstChild, c.column ? c.column.value ?? KINDS[c.column.kind] ?? c.column.kind : 'Category');
        text(th.lastChild, c.column ? format.notes(c.column.decided) : '');
      });
      keyed(body, data.rows, (row) => 'x-' + row.category, () => el('tr', {}, el('th', {scope: 'row'}, el('span', {class: 'dot'}), el('a', {'data-route': true}))), (tr, row) => {
        const name = tr.firstElementChild;
        name.firstChild.style.setProperty('--c', taxonomy.colourOf(row.category));
        text(name.lastChild, row.name);
        name.lastChild.setAttribute('href', context.href({view: 'notes', categories: [row.category]}));
        while (tr.children.length < row.cells.length + 1) tr.append(el('td', {class: 'number cell'}, el('a', {'data-route': true})));
        while (tr.children.length > row.cells.length + 1) tr.lastElementChild.remove();
        row.cells.forEach((cell, i) => drawCell(tr.children[i + 1], cell, data.columns[i], row, context));
      });
    },
  };
}

function drawCell(td, cell, column, row, context) {
  const link = td.firstElementChild;
  td.style.setProperty('--heat', Math.round(100 * (cell.share ?? 0)) + '%');
  td.title = cell.count ? format.notes(cell.count) + ', 95 % interval ' + format.interval(cell.interval) : '';
  text(link, cell.count ? format.percent(cell.share) : '·');
  if (cell.count && column.kind === 'value') link.setAttribute('href', context.href({view: 'notes', categories: [row.category], sources: [column.value]}));
  else link.removeAttribute('href');
}
