// Placeholder of the view of the system.
import {el} from '../lib/dom.js';

export const KEYS = [];

export function view(root) {
  root.replaceChildren(el('h1', {}, 'System'));
  return {update() {}};
}
