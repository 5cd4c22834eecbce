// The desk: one note after the other is reviewed, by keyboard or by hand. Its pickers go into the bar.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted} from '../lib/place.js';
import {may} from '../lib/session.js';
import {Refused} from '../lib/api.js';
import {card} from './card.js';
import {reviewForm, write} from './form.js';
import {noteQueue} from './queue.js';

const ORDERS = [
  ['doubt', 'Doubtful first', 'What R1 was least sure of, and what failed a check. Good for finding errors; not for measuring them.'],
  ['random', 'Random sample', 'Drawn by chance: reviews of these notes measure how well R1 judges. Skip few.'],
];
const HIDDEN = 'rationale.hide-label';

export function desk(root, bar, context, taxonomy) {
  const picker = el('nav', {class: 'segments', 'aria-label': 'Order of the notes'}, ORDERS.map(([, name]) => el('a', {'data-route': true}, name)));
  const box = el('input', {type: 'checkbox', on: {change: hideOrShow}});
  box.checked = recall();
  const done = el('span', {class: 'review-done'});
  const track = el('span', {class: 'review-track', 'aria-hidden': 'true'}, el('i'));
  const progress = el('p', {class: 'review-progress', hidden: true}, track, done);
  const hint = el('p', {class: 'quiet review-hint'});
  const only = el('p', {class: 'review-only', hidden: true}, el('span'), ' ', el('a', {'data-route': true}, 'All categories'));
  const note = card(context, taxonomy);
  const empty = el('div', {class: 'empty', hidden: true, tabindex: '-1'});
  const skip = el('button', {type: 'button', class: 'button', on: {click: once(skipNote)}}, 'Skip', el('kbd', {'aria-hidden': 'true'}, 'S'));
  const back = el('button', {type: 'button', class: 'button', disabled: true, on: {click: once(undo)}}, 'Undo', el('kbd', {'aria-hidden': 'true'}, 'U'));
  const form = reviewForm({taxonomy, selection: () => order, buttons: [skip, back], onSaved, onConflict, onLeave: () => note.focus()});
  const table = el('div', {class: 'review-desk', hidden: true}, note.element, form.element);
  const waiting = el('p', {class: 'waiting'}, 'Loading…');
  bar.append(picker, el('label', {class: 'review-hide'}, box, 'Hide R1’s label'), progress);
  const lacking = el('p', {class: 'banner lacking', 'data-lacks': 'reviewer'}, 'You can read these notes. Reviewing them takes the role reviewer, which your token does not have.');
  root.append(hint, lacking, only, table, empty, waiting);

  addEventListener('resize', fit);

  const queue = noteQueue((path, options) => context.ask(path, options));
  const saved = [];        // reviews of this sitting that can be undone: {detail, answer}
  let order = 'doubt';
  let asked = null;        // the query of the list
  let shown = null;        // the note on the desk
  let working = false;     // an undo is under way
  let turn = 0;            // which note is to be shown; an undo takes the place of one that is being fetched
  let takeFocus = false;

  const loading = context.refresher(async (signal) => {
    const place = context.place();
    const given = place.note;
    const mine = turn;
    const detail = given ? await queue.look(given, signal) : await queue.next(signal);
    if (mine === turn) show(detail);
    else if (detail) queue.first(detail.noteId);
    if (given) context.go({note: null}, {replace: true});
  });

  /** A double click is one click. */
  function once(action) {
    return (event) => { if (event.detail < 2) action(); };
  }

  function show(detail) {
    shown = detail;
    waiting.hidden = true;
    table.hidden = !detail;
    empty.hidden = Boolean(detail);
    if (detail) {
      note.show(detail, {hide: box.checked});
    } else {
      drawEmpty();
    }
    form.show(detail, {hide: box.checked});
    drawProgress();
    fit();
    if (takeFocus) {
      (detail ? note : empty).focus({preventScroll: true});
      toTop();
    }
    takeFocus = false;
  }

  /** The list of categories leaves room for the buttons in a window that is not scrolled. */
  function fit() {
    form.element.style.setProperty('--top', Math.round(table.getBoundingClientRect().top + scrollY) + 'px');
  }

  /** The note begins at its top, unless it can be seen already. */
  function toTop() {
    const top = table.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) root.scrollIntoView({block: 'start'});
  }

  function next() {
    takeFocus = true;
    shown = null;
    turn += 1;
    form.wait();
    loading.now();
  }

  function onSaved(answer, detail) {
    saved.push({detail, answer});
    queue.reviewed(detail.noteId);
    const r1 = detail.event?.verdict?.category;
    const differs = box.checked && r1 ? (r1 === answer.category ? ' R1 says the same.' : ' R1 says ' + taxonomy.nameOf(r1) + '.') : '';
    form.tell('Saved as ' + taxonomy.nameOf(answer.category) + '.' + differs + ' ' + format.number(saved.length) + ' reviewed.');
    next();
  }

  async function onConflict(problem, detail) {
    const now = await queue.look(detail.noteId).catch(() => null);
    if (!now || shown?.noteId !== now.noteId) return;
    // The refusal knows the label before the index does.
    const {category} = problem.problem;
    takeFocus = true;
    show(category ? {...now, category, reviewed: true} : now);
  }

  function skipNote() {
    if (!shown || form.busy() || working) return;
    queue.skip(shown.noteId);
    form.tell('Skipped.');
    next();
  }

  async function undo() {
    if (form.busy() || working) return;
    const last = saved.at(-1);
    if (!last) {
      form.tell('There is nothing to undo.');
      return;
    }
    working = true;
    form.wait();
    try {
      const words = await takeBack(last);
      saved.pop();
      queue.reopened(last.detail.noteId);
      if (shown && shown.noteId !== last.detail.noteId) queue.first(shown.noteId);
      turn += 1;
      takeFocus = true;
      show(asBefore(last));
      form.tell(words);
    } catch (error) {
      form.show(shown, {hide: box.checked});
      form.warn(notUndone(error));
    } finally {
      working = false;
    }
  }

  /** Writes the old label back, as there is no way to unwrite a review; the words for it. */
  async function takeBack({detail, answer}) {
    const before = answer.oldCategory ?? null;
    if (before === answer.category) return 'Back at the note before. Its label is ' + taxonomy.nameOf(before) + ' as before.';
    if (before === null) return 'Back at the note before. R1 had not decided it, and a label cannot be taken away: choose the right one.';
    await write(detail, {category: before, reason: 'Undone', seen: answer.category, selection: order});
    return 'Undone: its label is ' + taxonomy.nameOf(before) + ' again.';
  }

  function asBefore({detail, answer}) {
    const before = answer.oldCategory ?? null;
    return before === null
      ? {...detail, category: answer.category, reviewed: true, history: [...(detail.history ?? []), {type: 'reviewed', by: answer.reviewer, reason: answer.reason}]}
      : detail;
  }

  function notUndone(error) {
    if (!(error instanceof Refused)) return 'Not undone: the console did not answer. Try again when the connection is back.';
    return 'Not undone. ' + (error.status === 409 ? 'Somebody labelled it since. ' : '') + error.message;
  }

  function hideOrShow() {
    try {
      localStorage.setItem(HIDDEN, box.checked ? 'yes' : 'no');
    } catch { /* then for this visit */ }
    if (shown) show(shown);
  }

  function drawProgress() {
    const left = queue.left();
    progress.hidden = false;
    back.disabled = saved.length === 0;
    text(done, format.number(saved.length) + ' reviewed · ' + format.number(left) + ' left');
    track.firstElementChild.style.setProperty('width', 100 * saved.length / Math.max(1, saved.length + left) + '%');
  }

  function drawEmpty() {
    const skipped = queue.skipped();
    const children = [el('h2', {}, saved.length ? 'All reviewed' : 'Nothing to review'),
      el('p', {}, skipped ? 'Apart from ' + (skipped === 1 ? 'the note' : 'the ' + format.number(skipped) + ' notes') + ' that you skipped.'
        : saved.length ? 'New notes appear here by themselves.' : 'Every note that is counted here has been reviewed, or there is none yet. New ones appear by themselves.')];
    const buttons = [];
    if (skipped) buttons.push(el('button', {type: 'button', class: 'button primary', on: {click: () => { queue.again(); next(); }}}, 'Look at them again'));
    if (saved.length) {
      buttons.push(el('button', {type: 'button', class: 'button', on: {click: once(undo)}}, 'Undo the last review'));
      buttons.push(el('a', {'data-route': true, class: 'button', href: context.href({selection: order === 'random' ? 'random' : 'all', note: null})}, 'See the agreement'));
    }
    empty.replaceChildren(...children, el('p', {class: 'review-row centred'}, buttons));
  }

  return {
    update(place) {
      const now = ORDERS.some(([name]) => name === place.queue) ? place.queue : 'doubt';
      ORDERS.forEach(([name, , meaning], i) => {
        picker.children[i].setAttribute('href', context.href({queue: name === 'doubt' ? null : name, note: null}));
        if (name !== now) picker.children[i].removeAttribute('aria-current');
        else {
          picker.children[i].setAttribute('aria-current', 'true');
          text(hint, meaning);
        }
      });
      only.hidden = place.categories.length === 0;
      text(only.firstElementChild, 'Only ' + place.categories.map(taxonomy.nameOf).join(', ') + '.');
      only.lastElementChild.setAttribute('href', context.href({categories: []}));
      const query = counted(place, {sort: now});
      for (const category of place.categories) query.append('category', category);
      if (String(query) === asked && !place.note) return;
      order = now;
      asked = String(query);
      turn += 1;
      queue.start(query);
      form.wait();
      loading.now();
    },
    live(kind) {
      if ((kind === 'statistics' || kind === 'open') && !empty.hidden && queue.skipped() === 0) {
        queue.start(asked);
        loading.soon();
      }
    },
    key(event) {
      if (event.key === 'Escape' && document.activeElement && root.contains(document.activeElement)) {
        const used = form.key(event);
        if (shown) note.focus();
        return used;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      const key = event.key.toLowerCase();
      if ((key === 's' || key === 'u') && may('reviewer')) {
        if (!event.repeat) (key === 's' ? skipNote : undo)();
        return true;
      }
      return shown && !working ? form.key(event) : false;
    },
    close() {
      removeEventListener('resize', fit);
      loading.stop();
      form.close();
    },
  };
}

function recall() {
  try {
    return localStorage.getItem(HIDDEN) === 'yes';
  } catch {
    return false;
  }
}
