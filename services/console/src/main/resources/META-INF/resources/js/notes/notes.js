// The notes: search, list, and the note that is open beside it.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted} from '../lib/place.js';
import {UNDECIDED} from '../lib/taxonomy.js';
import {virtual} from '../lib/virtual.js';
import {DEFAULT_SORT, filters, narrowed, NONE} from './filters.js';
import {pages} from './pages.js';
import {reader} from './reader.js';
import {createRow, updateRow} from './row.js';

export const KEYS = [
  ['j, k', 'Next note, previous note (also ↓, ↑)'],
  ['Enter', 'To the note that is chosen'],
  ['/', 'Search'],
  ['r', 'Review the note'],
  ['c, m', 'Copy link, copy as Markdown'],
  ['Esc', 'Back to the list'],
];

const ROW = 5.4;
/** How often the list is asked whether notes came. */
const NEWS = 2000;

export function view(root, context) {
  const bar = filters(context);
  const figures = el('p', {class: 'figure', role: 'status'});
  const news = el('button', {type: 'button', class: 'news', hidden: true});
  const list = el('ol', {class: 'rows'});
  const none = el('div', {class: 'empty', hidden: true}, el('h2', {}, 'No such note'), el('p', {}, 'No note passes all that is chosen above.'),
    el('button', {type: 'button', class: 'button', on: {click: () => context.go({...NONE, window: 'all', from: null, to: null, sources: [], note: null})}}, 'Show all notes'));
  const scroller = el('div', {class: 'scroller'}, list, none);
  const pane = el('section', {class: 'sheet list', 'aria-label': 'List of notes'}, el('div', {class: 'list-head'}, figures, news), scroller);
  const open = reader(context, {move, changed});
  root.replaceChildren(el('h1', {class: 'unseen'}, 'Notes'), bar.element, el('div', {class: 'panes'}, pane, open.element));

  let taxonomy = null;
  let found = null;      // the pages of the list that is shown
  let shownKey = null;   // what that list is of
  let place = context.place();
  let unseen = true;     // nothing of the list was shown yet
  let failing = false;   // the list could not be loaded
  let left = 0;          // where the list was scrolled to when a note covered it

  const rows = virtual(list, {
    rowHeight: Math.round(ROW * parseFloat(getComputedStyle(document.documentElement).fontSize)),
    create: createRow,
    update: (li, index) => {
      const note = found?.at(index);
      updateRow(li, note, {taxonomy, href: (id) => context.href({note: id}), chosen: note && note.noteId === place.note});
    },
    onRange: (from, to) => found?.need(from, to),
  });

  const query = (more) => {
    const asked = counted(place, {sort: place.sort ?? DEFAULT_SORT, ...more});
    for (const name of ['q', 'reviewed', 'minAgreement', 'maxAgreement']) if (place[name]) asked.set(name, place[name]);
    for (const category of place.categories) asked.append('category', category);
    for (const check of place.failed) asked.append('failed', check);
    return asked;
  };
  const begin = () => {
    found?.close();
    news.hidden = true;
    rows.top();
    unseen = true;
    found = pages((cursor, limit, signal) => context.ask('notes?' + query(cursor ? {limit, cursor} : {limit}), {signal}), {
      onChange: loaded,
      onFailure: (error) => {
        failing = true;
        context.failed(error);
      },
      estimate,
    });
    found.need(0, 1);
  };
  /** The table counts all notes, the index only the first thousands; but the table knows nothing of words and checks. */
  const estimate = async (signal) => {
    if (narrowed({...place, categories: []})) return null;
    const table = await context.ask('statistics?' + counted(place), {signal});
    if (place.categories.length === 0) return table.decided + table.undecided;
    const within = (id) => place.categories.some((chosen) => chosen === id || taxonomy.isBelow(id, chosen));
    return table.rows.filter((row) => within(row.category)).reduce((sum, row) => sum + row.count, place.categories.includes(UNDECIDED) ? table.undecided : 0);
  };
  const loaded = () => {
    if (failing) context.trouble(null);
    failing = false;
    const {count, exact} = found.total();
    const shown = rows.count(count);
    const walked = found.walked();
    none.hidden = count > 0;
    text(figures, walked ? 'Going there: ' + format.number(walked) + ' of ' + format.number(count) + '…'
      : (exact ? format.notes(count) : 'More than ' + format.number(count - 1) + ' notes') + (shown < count ? ', the first ' + format.number(shown) + ' listed' : ''));
    where();
    const at = found.indexOf(place.note);
    if (unseen && at >= 0) rows.reveal(at);
    unseen = false;
  };
  const where = () => open.at(found?.begun() ? found.indexOf(place.note) : -1, found?.total().count ?? 0);
  const look = context.refresher(async (signal) => {
    if (!found?.begun()) return;
    const before = found.total();
    const answer = await context.ask('notes?' + query({limit: 1}), {signal});
    const now = answer.totalExact ? answer.total : await estimate(signal);
    if (before.count === 0 && answer.total > 0) return begin();
    const more = before.exact && now !== null ? now - before.count : 0;
    const other = (place.sort ?? DEFAULT_SORT) === 'time' && found.at(0) && answer.notes[0]?.noteId !== found.at(0).noteId;
    news.hidden = more <= 0 && !other;
    text(news, more > 0 ? format.number(more) + (more === 1 ? ' new note' : ' new notes') : 'New notes');
  }, NEWS);
  news.addEventListener('click', begin);

  /** Goes to the note that stands `by` further down; in a list of which nothing is chosen to the first. */
  function move(by) {
    if (!found?.begun() || found.total().count === 0) return;
    const at = found.indexOf(place.note);
    const next = at < 0 ? 0 : at + by;
    const note = found.at(next);
    if (note) context.go({note: note.noteId}, {replace: Boolean(place.note)});
    if (note || next < found.total().count) rows.reveal(Math.max(0, next));
  }
  /** The note that is open was decided anew. */
  function changed(noteId) {
    const at = found?.indexOf(noteId) ?? -1;
    if (at >= 0) found.again(at);
  }

  return {
    async update(now) {
      const covered = Boolean(place.note);
      place = now;
      taxonomy ??= await context.taxonomy();
      if (place !== now) return;
      bar.show(place, taxonomy);
      const key = query().toString();
      if (!covered && place.note) left = scrollY;
      root.classList.toggle('reading', Boolean(place.note));
      if (key !== shownKey) {
        shownKey = key;
        begin();
      } else if (covered && !place.note) {
        scrollTo(0, left);
      }
      rows.redraw();
      where();
      context.title(place.note ? 'Note ' + place.note : place.categories.length === 1 ? taxonomy.nameOf(place.categories[0]) : 'Notes');
      open.show(place, taxonomy);
    },
    live(kind, data) {
      if (kind === 'statistics' || kind === 'open' || kind === 'reset') look.soon();
      if (kind === 'open' || kind === 'reset') open.refresh();
      if (kind === 'decisions' && data.some((decision) => decision.noteId === place.note)) {
        open.refresh();
        changed(place.note);
      }
    },
    key(event) {
      const keys = {j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), '/': bar.search,
        Enter: () => open.focus(), Escape: () => context.go({note: null})};
      if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) && event.target.closest?.('a, button, summary, [tabindex="0"]') && !event.target.closest('.rows')) return false;
      if (event.key === 'Enter' && event.target.closest?.('.rows a')) return false;
      if (event.key === 'Escape' && !place.note) return false;
      if (keys[event.key]) {
        keys[event.key]();
        return true;
      }
      return open.key(event);
    },
    close() {
      found?.close();
      look.stop();
      rows.close();
      open.close();
    },
  };
}
