// Names and values, one below the other.
import {el} from './dom.js';

/** Names and values; what has none is left out. */
export function facts(pairs) {
  return el('dl', {class: 'facts'}, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
    .map(([name, value]) => el('div', {}, el('dt', {}, el('bdi', {}, name)), el('dd', {}, el('bdi', {}, String(value))))));
}
