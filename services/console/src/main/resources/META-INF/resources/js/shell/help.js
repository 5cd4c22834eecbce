// The keys, in a dialog.
import {el} from '../lib/dom.js';

const EVERYWHERE = [
  ['1 2 3 4 5', 'Overview, Notes, Reviews, Taxonomy, System'],
  ['g o, g n, g r, g t, g s', 'the same'],
  ['/', 'Search the notes'],
  ['?', 'This help'],
  ['Esc', 'Close what is open'],
];

/** A dialog that shows the keys of the page and those of the view; `open(title, keys)`. */
export function help() {
  const body = el('div', {class: 'keys'});
  const dialog = el('dialog', {class: 'sheet help', 'aria-labelledby': 'help-title'},
    el('form', {method: 'dialog', class: 'headline'}, el('h2', {id: 'help-title'}, 'Keys'), el('button', {class: 'plain', 'aria-label': 'Close', autofocus: true}, '×')),
    body);
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return {
    open(title, keys) {
      if (dialog.open) return;
      body.replaceChildren(...group('Everywhere', EVERYWHERE), ...(keys.length ? group(title, keys) : []));
      dialog.showModal();
    },
    isOpen: () => dialog.open,
  };
}

function group(title, keys) {
  return [el('h3', {}, title), el('dl', {}, keys.map(([key, meaning]) =>
    el('div', {}, el('dt', {}, key.split(/(, | )/).map((k) => (/^(, | )$/.test(k) ? k : el('kbd', {}, k)))), el('dd', {}, meaning))))];
}
