// How far something has come.
import {el, text} from '../lib/dom.js';

/** `element`, `draw(done, total, words)`; without a total only the words. */
export function progress(label) {
  const fill = el('i');
  const bar = el('span', {class: 'progress', role: 'progressbar', 'aria-label': label, 'aria-valuemin': '0', 'aria-valuemax': '100'}, fill);
  const words = el('span', {class: 'progress-words'});
  return {
    element: el('div', {class: 'progress-line'}, bar, words),
    draw(done, total, say) {
      const part = total ? Math.min(1, done / total) : 0;
      bar.hidden = !total;
      bar.setAttribute('aria-valuenow', String(Math.round(100 * part)));
      fill.style.width = 100 * part + '%';
      text(words, say);
    },
  };
}
