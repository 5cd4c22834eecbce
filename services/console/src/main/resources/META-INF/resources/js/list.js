// The notes of one category.
import {colour, el, keyed, text} from './dom.js';
import * as format from './format.js';
import {url} from './place.js';
import {UNDECIDED} from './overview.js';

export function list(view, onMore) {
  const dot = el('span', {class: 'dot'});
  const title = el('h1');
  const figures = el('p', {class: 'lead'});
  const definition = el('p', {class: 'definition'});
  const remedy = el('p', {class: 'remedy', hidden: true}, el('strong', {}, 'What helps. '), el('span'));
  const notes = el('ol', {class: 'notes'});
  const none = el('p', {class: 'empty', hidden: true}, 'No note of this category among those counted.');
  const more = el('button', {type: 'button', class: 'more', hidden: true, on: {click: onMore}}, 'Show more');
  const back = el('a', {'data-route': true}, 'All categories');
  view.replaceChildren(el('nav', {class: 'trail', 'aria-label': 'Where you are'}, back),
    el('div', {class: 'headline'}, dot, title), figures, definition, remedy, notes, none, more);

  return (found, hasMore, row, place, taxonomy) => {
    const category = taxonomy.get(place.category);
    const undecided = place.category === UNDECIDED;
    dot.style.setProperty('--c', colour(category?.colour));
    back.setAttribute('href', url({...place, category: null, note: null}));
    text(title, undecided ? 'Undecided' : taxonomy.nameOf(place.category));
    text(figures, row ? format.notes(row.count) + ' · ' + format.percent(row.share) + ' (' + format.interval(row.interval) + ')' : '');
    text(definition, undecided ? 'R1 gave no acceptable answer within its attempts. The reason stands with each note.' : category?.definition ?? '');
    remedy.hidden = !category?.remedy;
    text(remedy.lastElementChild, category?.remedy ?? '');
    none.hidden = found.length > 0;
    more.hidden = !hasMore;
    keyed(notes, found, (note) => 'n-' + note.noteId, createNote, (li, note) => updateNote(li, note, place, taxonomy));
  };
}

function createNote() {
  return el('li', {}, el('a', {'data-route': true, class: 'excerpt', dir: 'auto'}), el('p', {class: 'facts'}));
}

function updateNote(li, note, place, taxonomy) {
  const [excerpt, facts] = li.children;
  text(excerpt, note.excerpt);
  excerpt.setAttribute('href', url({...place, note: note.noteId}));
  const words = [note.source, format.time(note.observedAt)];
  if (note.reviewed) words.push('labelled by a person');
  else if (note.category) words.push('confidence ' + note.confidence, 'agreement ' + Math.round(100 * note.agreement) + ' %');
  if (note.secondary) words.push('also ' + taxonomy.nameOf(note.secondary));
  text(facts, words.filter(Boolean).join(' · '));
}
