// What R1 said against what people say, as a table whose cells are the darker the more notes are in them.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

const SENTENCES = 8;

/** {element, most, draw(pairs)}: the table, the most frequent differences as a list; pairs are {said, is, count}, the diagonal among them. */
export function confusion(taxonomy) {
  const sentences = el('ol', {class: 'confusion-most'});
  const none = el('p', {class: 'quiet', hidden: true}, 'People gave every reviewed note the label that R1 gave it.');
  const table = el('table', {class: 'confusion'});
  const element = el('div', {class: 'confusion-scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of R1’s labels against people’s'}, table);
  const most = el('div', {}, none, sentences);
  return {element, most, draw(pairs) {
    const off = pairs.filter((pair) => pair.said !== pair.is).sort((a, b) => b.count - a.count || a.said.localeCompare(b.said));
    none.hidden = off.length > 0;
    keyed(sentences, off.slice(0, SENTENCES), (pair) => pair.said + ' ' + pair.is,
      () => el('li', {}, el('strong'), el('span', {}, el('span', {class: 'quiet'}, 'R1 said '), el('em'), el('span', {class: 'quiet'}, ', people say '), el('em'))), (li, pair) => {
        const [count, words] = li.children;
        const [, from, , to] = words.children;
        text(count, format.number(pair.count) + ' ×');
        text(from, taxonomy.nameOf(pair.said));
        text(to, taxonomy.nameOf(pair.is));
      });
    drawTable(table, pairs, taxonomy);
  }};
}

function drawTable(table, pairs, taxonomy) {
  const counts = new Map(pairs.map((pair) => [pair.said + ' ' + pair.is, pair.count]));
  const used = order(pairs, taxonomy);
  const most = Math.max(...pairs.map((pair) => pair.count));
  const header = (id, scope) => {
    const dot = el('span', {class: 'dot', 'aria-hidden': 'true'});
    dot.style.setProperty('--c', taxonomy.colourOf(id));
    return el('th', {scope, title: taxonomy.nameOf(id)}, el('span', {class: 'confusion-name'}, dot, el('span', {}, taxonomy.nameOf(id))));
  };
  const row = (said) => el('tr', {}, header(said, 'row'), used.map((is) => {
    const count = counts.get(said + ' ' + is) ?? 0;
    const td = el('td', {class: said === is ? 'same' : count ? 'differs' : null}, count ? format.number(count) : el('span', {class: 'unseen'}, '0'));
    if (count) {
      td.style.setProperty('--heat', (0.12 + 0.88 * Math.sqrt(count / most)).toFixed(3));
      td.title = format.notes(count) + ': R1 said ' + taxonomy.nameOf(said) + ', people say ' + taxonomy.nameOf(is);
    }
    return td;
  }));
  table.replaceChildren(
    el('caption', {class: 'unseen'}, 'Reviewed notes: rows are what R1 said, columns what people say'),
    el('thead', {}, el('tr', {}, el('td', {class: 'confusion-corner'}, el('span', {}, 'R1 said ↓'), el('span', {}, 'people say →')), used.map((id) => header(id, 'col')))),
    el('tbody', {}, used.map(row)));
}

/** The categories that occur, in the taxonomy's order. */
function order(pairs, taxonomy) {
  const found = new Set(pairs.flatMap((pair) => [pair.said, pair.is]));
  const known = taxonomy.categories.map((category) => category.id).filter((id) => found.delete(id));
  return [...known, ...[...found].sort()];
}
