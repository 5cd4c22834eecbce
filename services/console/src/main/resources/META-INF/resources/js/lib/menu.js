// A button that opens a panel of choices.
import {el, text} from './dom.js';

/** `element` to place, `label(words, narrowed)`, `close()`. Escape and a click elsewhere close it. */
export function menu(name, ...content) {
  const chosen = el('span');
  const summary = el('summary', {}, chosen);
  const panel = el('div', {class: 'choices'}, ...content);
  const element = el('details', {class: 'menu', 'data-menu': name}, summary, panel);
  const close = () => { element.open = false; };
  const elsewhere = (event) => { if (!element.contains(event.target)) close(); };
  element.addEventListener('toggle', () => {
    if (element.open) document.addEventListener('pointerdown', elsewhere);
    else document.removeEventListener('pointerdown', elsewhere);
    panel.classList.remove('leftwards');
    if (element.open) panel.classList.toggle('leftwards', panel.getBoundingClientRect().right > document.documentElement.clientWidth);
    if (element.open) element.querySelector('.choices input:not([hidden])')?.focus({preventScroll: true});
  });
  element.addEventListener('focusout', (event) => { if (event.relatedTarget && !element.contains(event.relatedTarget)) close(); });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    close();
    summary.focus();
    event.stopPropagation();
  });
  return {
    element,
    close,
    label(words, narrowed) {
      text(chosen, words);
      element.classList.toggle('narrowed', narrowed);
    },
  };
}
