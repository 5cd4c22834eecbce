// The note that is open: what can be done with it, the note, and the form to review it.
import {copy} from '../lib/clipboard.js';
import {colour, el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {piece, url} from '../lib/place.js';
import {may} from '../lib/session.js';
import {detail, noteDetail} from './detail.js';

const TOLD = 2500;

/**
 * `element`; `show(place, taxonomy)`; `at(index, count)` where the note stands in the list, -1 when unknown; `refresh()`;
 * `focus()`; `key(event)`; `close()`. `move(by)` leads to the next or previous one, `changed(noteId)` follows a review.
 */
export function reader(context, {move, changed}) {
  const back = el('a', {'data-route': true, class: 'back'}, 'All notes');
  const previous = el('button', {type: 'button', class: 'plain', title: 'Previous note (k)', 'aria-label': 'Previous note', on: {click: () => move(-1)}}, '‹');
  const next = el('button', {type: 'button', class: 'plain', title: 'Next note (j)', 'aria-label': 'Next note', on: {click: () => move(1)}}, '›');
  const position = el('span', {class: 'position'});
  const told = el('span', {class: 'told', role: 'status'});
  const link = el('button', {type: 'button', class: 'button', title: 'Copy link (c)', on: {click: copyLink}}, 'Copy link');
  const markdown = el('button', {type: 'button', class: 'button', title: 'Copy as Markdown (m)', on: {click: copyMarkdown}}, 'Copy Markdown');
  const review = el('button', {type: 'button', class: 'primary', 'data-needs': 'reviewer', title: 'Review (r)', 'aria-expanded': 'false', hidden: true, on: {click: () => toggle()}}, 'Review');
  const bar = el('div', {class: 'bar-of-note'}, back, el('div', {class: 'steps'}, previous, next, position), told, el('div', {class: 'actions'}, link, markdown, review));
  const heading = el('h2', {class: 'unseen'});
  const desk = el('div', {class: 'review-here', hidden: true});
  const shown = detail(context);
  const missing = el('div', {class: 'empty', hidden: true}, el('h2', {}, 'Not found'), el('p'));
  const beside = el('div', {class: 'beside'}, shown.element, desk);
  const body = el('div', {class: 'of-note', tabindex: '-1', hidden: true}, bar, heading, missing, beside);
  const about = el('div', {class: 'instead'});
  const element = el('section', {class: 'reading-pane', 'aria-label': 'The note'}, body, about);

  let id = null;
  let taxonomy = null;
  let answer = null;
  let form = null;
  let telling = null;

  const refresh = context.refresher(async (signal) => {
    if (!id) return;
    const asked = id;
    try {
      const got = await noteDetail(context, asked, signal);
      if (asked === id) draw(got);
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      if (asked === id) lost(error);
    }
  });

  function draw(got) {
    const same = answer && JSON.stringify(answer) === JSON.stringify(got);
    const other = answer?.noteId !== got.noteId;
    answer = got;
    missing.hidden = true;
    shown.element.hidden = false;
    if (!same) shown.show(got, taxonomy);
    text(heading, 'Note ' + got.noteId);
    if (form && !desk.hidden) form.show(got);
    element.dataset.note = got.noteId;
    if (other) element.scrollTop = 0;
  }

  function lost(error) {
    answer = null;
    shown.element.hidden = true;
    desk.hidden = true;
    beside.classList.remove('reviewing');
    missing.hidden = false;
    text(missing.lastElementChild, error.message);
    delete element.dataset.note;
  }

  function tell(words) {
    text(told, words);
    clearTimeout(telling);
    telling = setTimeout(() => text(told, ''), TOLD);
  }

  /** The note alone, without the list that it was found in. */
  function address() {
    return location.origin + location.pathname + url({view: 'notes', window: 'all', sources: [], note: id});
  }

  function copyLink() {
    copied(async () => address(), 'Link copied');
  }

  function copyMarkdown() {
    copied(async () => (await context.ask('notes/' + piece(id), {accept: 'text/markdown'})).trimEnd() + '\n\n<' + address() + '>\n', 'Markdown copied');
  }

  async function copied(words, done) {
    try {
      await copy(await words());
      tell(done);
    } catch (error) {
      tell('Not copied: ' + error.message);
    }
  }

  async function toggle(open = desk.hidden) {
    if (open && !form) await makeForm();
    if (!form || !answer) return;
    desk.hidden = !open;
    beside.classList.toggle('reviewing', open);
    review.setAttribute('aria-expanded', String(open));
    if (open) {
      form.show(answer);
      desk.querySelector('input, select, button, textarea')?.focus({preventScroll: true});
      if (desk.getBoundingClientRect().top > innerHeight / 2) desk.scrollIntoView();
    } else {
      body.focus({preventScroll: true});
    }
  }

  async function makeForm() {
    const {reviewForm} = await import('../reviews/form.js');
    form = reviewForm({
      taxonomy,
      selection: 'chosen',
      onSaved: () => { toggle(false); tell('Saved'); changed(id); refresh.soon(); },
      onConflict: () => refresh.soon(),
      onLeave: () => toggle(false),
      speak: tell,
    });
    desk.replaceChildren(form.element);
  }

  return {
    element,
    show(place, names) {
      taxonomy = names;
      review.hidden = false;
      back.setAttribute('href', context.href({note: null}));
      body.hidden = !place.note;
      about.hidden = Boolean(place.note);
      if (!place.note) about.replaceChildren(...instead(place, taxonomy));
      if (place.note === id) return;
      id = place.note;
      if (!desk.hidden) {
        desk.hidden = true;
        beside.classList.remove('reviewing');
        review.setAttribute('aria-expanded', 'false');
      }
      if (id) refresh.now();
    },
    at(index, count) {
      previous.disabled = index <= 0;
      next.disabled = index < 0 || index + 1 >= count;
      text(position, index < 0 ? '' : format.number(index + 1) + ' of ' + format.number(count));
    },
    refresh: refresh.soon,
    focus: () => { if (id) body.focus(); },
    key(event) {
      if (!id) return false;
      if (!desk.hidden && desk.contains(event.target)) {
        if (event.key !== 'Escape') return form.key?.(event) ?? false;
        toggle(false);
        return true;
      }
      const keys = {c: copyLink, m: copyMarkdown, ...(may('reviewer') ? {r: () => toggle(true)} : {})};
      if (!keys[event.key]) return false;
      keys[event.key]();
      return true;
    },
    close() {
      refresh.stop();
      clearTimeout(telling);
    },
  };
}

/** Where no note is open: what the category means, or how to go on. */
function instead(place, taxonomy) {
  const category = place.categories.length === 1 ? taxonomy.get(place.categories[0]) : null;
  if (!category) {
    return [el('div', {class: 'empty'}, el('h2', {}, 'Choose a note'),
      el('p', {}, 'It is shown here with its evidence beside the reasoning about it. ', el('kbd', {}, 'j'), ' and ', el('kbd', {}, 'k'), ' go through the list.'))];
  }
  const dot = el('span', {class: 'dot'});
  dot.style.setProperty('--c', colour(category.colour));
  return [el('article', {class: 'sheet meaning'},
    el('p', {class: 'quiet'}, category.parent ? taxonomy.nameOf(category.parent) : 'Category'),
    el('div', {class: 'headline'}, dot, el('h2', {class: 'title'}, category.name)),
    el('p', {}, category.definition),
    category.notThis ? el('div', {}, el('h3', {}, 'What it is not'), el('p', {}, category.notThis)) : null,
    category.remedy ? el('div', {}, el('h3', {}, 'What helps'), el('p', {}, category.remedy)) : null)];
}
