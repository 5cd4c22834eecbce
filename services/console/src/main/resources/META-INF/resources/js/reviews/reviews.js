// Placeholder of the view of reviews.
import {el} from '../lib/dom.js';

export const KEYS = [];

export function view(root) {
  root.replaceChildren(el('h1', {}, 'Reviews'));
  return {update() {}};
}
