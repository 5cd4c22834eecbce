// The view of reviews: a queue of notes to review, and how far people and R1 agree.
import {el} from '../lib/dom.js';
import {agreement} from './agreement.js';
import {desk} from './desk.js';

export const KEYS = [
  ['a', 'Accept R1’s label'],
  ['Enter', 'Accept, or save what was chosen'],
  ['c', 'Find another category by a part of its name; Enter chooses the first'],
  ['5', 'the same by its number'],
  ['r', 'Write a reason; Ctrl+Enter saves'],
  ['Esc', 'Leave a field, take a choice back'],
  ['s', 'Skip the note'],
  ['u', 'Undo the last review'],
];

/** The queue unless the place names a selection, which is that of the agreement. */
export function view(root, context) {
  const links = el('nav', {class: 'segments review-parts', 'aria-label': 'Reviews'},
    el('a', {'data-route': true}, 'Review notes'), el('a', {'data-route': true}, 'Agreement'));
  const bar = el('div', {class: 'review-bar'});
  const inner = el('div');
  root.replaceChildren(el('div', {class: 'review-head'}, el('h1', {}, 'Reviews'), links, bar), inner);
  let part = null;
  let closed = false;

  return {
    async update(place) {
      const taxonomy = await context.taxonomy();
      if (closed) return;
      const name = place.selection ? 'agreement' : 'desk';
      if (part?.name !== name) {
        part?.close();
        const box = el('div', {class: 'review-part'});
        bar.replaceChildren();
        inner.replaceChildren(box);
        part = {name, ...(name === 'desk' ? desk : agreement)(box, bar, context, taxonomy)};
      }
      [{selection: null}, {selection: place.selection ?? 'all', note: null}].forEach((changes, i) => {
        links.children[i].setAttribute('href', context.href(changes));
        if ((i === 1) === (name === 'agreement')) links.children[i].setAttribute('aria-current', 'page');
        else links.children[i].removeAttribute('aria-current');
      });
      part.update(place);
    },
    live: (kind) => part?.live(kind),
    key: (event) => part?.key?.(event) ?? false,
    close() {
      closed = true;
      part?.close();
    },
  };
}
