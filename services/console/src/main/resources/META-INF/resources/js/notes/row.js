// A row of the list.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

export function createRow() {
  return el('li', {}, el('a', {'data-route': true, class: 'row'},
    el('span', {class: 'excerpt', dir: 'auto'}),
    el('span', {class: 'meta'}, el('span', {class: 'dot'}), el('span', {class: 'what'}), el('span', {class: 'flags'}), el('span', {class: 'whence'}))));
}

/** `note` is undefined while it is being loaded. */
export function updateRow(li, note, {taxonomy, href, chosen}) {
  const link = li.firstElementChild;
  li.classList.toggle('coming', !note);
  if (!note) {
    link.removeAttribute('href');
    link.removeAttribute('aria-current');
    for (const part of [link.firstElementChild, ...link.lastElementChild.children]) text(part, '');
    return;
  }
  const [dot, what, flags, whence] = link.lastElementChild.children;
  link.setAttribute('href', href(note.noteId));
  if (chosen) link.setAttribute('aria-current', 'true');
  else link.removeAttribute('aria-current');
  text(link.firstElementChild, note.excerpt);
  dot.style.setProperty('--c', taxonomy.colourOf(note.category));
  text(what, taxonomy.nameOf(note.category));
  text(flags, [
    note.reviewed ? 'reviewed' : null,
    !note.reviewed && note.category && note.agreement < 1 ? Math.round(100 * note.agreement) + ' %' : null,
    note.failed?.length ? (note.failed.length === 1 ? 'check failed' : note.failed.length + ' checks failed') : null,
    !note.reviewed && note.confidence === 'low' ? 'low confidence' : null,
  ].filter(Boolean).join(' · '));
  text(whence, [note.source, format.shortTime(note.observedAt)].filter(Boolean).join(' · '));
}
