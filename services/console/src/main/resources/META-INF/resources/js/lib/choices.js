// Several of many, by check boxes in a menu.
import {el, keyed, text} from './dom.js';
import {menu} from './menu.js';
import {UNDECIDED} from './taxonomy.js';

/** The tree and “undecided”: inner nodes stand for all below them. */
export function categoryOptions(taxonomy, chosen) {
  const below = (parent) => taxonomy.categories.filter((category) => (category.parent ?? null) === parent);
  const walk = (parent, depth) => below(parent).flatMap((category) => [[category.id, category.name, depth, category.colour], ...walk(category.id, depth + 1)]);
  const all = [...walk(null, 0), [UNDECIDED, 'Undecided', 0]];
  const known = new Set(all.map(([id]) => id));
  return [...all, ...chosen.filter((id) => !known.has(id)).map((id) => [id, id, 0])];
}

/** What is chosen, in few words. */
export function categoryWords(taxonomy, chosen) {
  if (chosen.length === 0) return 'All categories';
  return chosen.length === 1 ? taxonomy.nameOf(chosen[0]) : chosen.length + ' categories';
}

/** `element`, `show(chosen, options, words)`: options are [id, words, depth, colour]; `onPick(chosen)`. */
export function choices(key, name, onPick) {
  const list = el('div', {class: 'options', role: 'group', 'aria-label': name});
  const picker = menu(key, list);
  let chosen = [];
  return {
    element: picker.element,
    show(now, options, words) {
      chosen = now;
      picker.label(words, now.length > 0);
      keyed(list, options, ([id]) => 'o-' + id, ([id]) => el('label', {}, el('input', {type: 'checkbox', on: {change: (event) => {
        const others = chosen.filter((c) => c !== id);
        onPick(event.target.checked ? [...others, id] : others);
      }}}), el('span', {class: 'dot'}), el('span')), (label, [id, words, depth, colour]) => {
        label.firstChild.checked = chosen.includes(id);
        label.dataset.depth = depth;
        const dot = label.children[1];
        dot.hidden = !colour;
        if (colour) dot.style.setProperty('--c', colour);
        text(label.lastChild, words);
      });
    },
  };
}
