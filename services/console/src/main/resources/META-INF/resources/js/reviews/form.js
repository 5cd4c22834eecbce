// The review form: accept the label of a note or give it another one, with a reason. Used by the queue and by the note view.
import {Refused, send} from '../lib/api.js';
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {may} from '../lib/session.js';
import {chooser} from './chooser.js';
import {isGiven, remember, reviewer} from './reviewer.js';

/** Milliseconds that a note must have been on the screen before it can be reviewed: a second click is not a second review. */
const SETTLE = 400;
const LONGEST_NAME = 200;
const LONGEST_REASON = 2000;

let formNumber = 0;

/**
 * A form for one note at a time.
 *
 * taxonomy: categories, get, nameOf; selection: how the notes were chosen, as the API knows it ("doubt", "random",
 * "chosen"), or a function; onSaved(answer, detail): after the console has written the review; onConflict(problem): the
 * label changed since the note was shown, and the caller shows it anew; onLeave(): Escape in a field, the caller takes the
 * focus; buttons: further ones beside the first; speak(words): optional, else the form says itself what happened.
 */
export function reviewForm({taxonomy, selection = 'chosen', buttons = [], onSaved, onConflict = () => {}, onLeave = null, speak = null}) {
  const id = 'review-' + ++formNumber;
  let detail = null;
  let blind = false;
  let settling = null;
  let busy = false;
  let conflict = null;   // the id of the note whose label changed while it was reviewed

  const categories = chooser(taxonomy, {onChange: () => { warn(null); changed(); }, onPick: () => submit.focus()});
  const reason = el('textarea', {id: id + '-reason', rows: '1', maxlength: String(LONGEST_REASON), placeholder: 'Optional', dir: 'auto'});
  const name = el('input', {id: id + '-name', type: 'text', maxlength: String(LONGEST_NAME), autocomplete: 'name', dir: 'auto'});
  const asks = el('div', {class: 'review-asks', hidden: true},
    el('label', {for: id + '-name'}, 'Your name'),
    el('div', {class: 'review-row'}, name, el('button', {type: 'button', class: 'button', on: {click: named}}, 'Keep')),
    el('p', {class: 'quiet'}, 'It stands beside each review. This browser remembers it.'));
  const as = el('bdi');
  const other = el('button', {type: 'button', class: 'link', on: {click: askName}}, 'change');
  const signed = el('p', {class: 'review-as quiet'}, 'as ', as, ' ', other);
  const submitWords = el('span');
  const submitKey = el('kbd', {'aria-hidden': 'true'});
  const submit = el('button', {type: 'submit', class: 'button primary'}, submitWords, submitKey);
  const notice = el('p', {class: 'banner trouble review-notice', role: 'alert', hidden: true});
  const status = el('p', {class: 'review-status quiet', role: 'status'});
  const element = el('form', {class: 'review', 'data-needs': 'reviewer', 'aria-label': 'Review', novalidate: true, hidden: true, on: {submit: (event) => { event.preventDefault(); save(); }}},
    el('fieldset', {class: 'review-choice'}, el('legend', {}, 'Category'), categories.element),
    el('div', {class: 'review-reason'}, el('label', {for: id + '-reason'}, 'Reason'), signed, reason),
    el('div', {class: 'review-end'}, notice, asks, el('div', {class: 'review-buttons'}, submit, buttons), status));

  name.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault(); // keeps the name and nothing else
    if (!event.repeat) named();
  });
  reason.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      save();
    }
  });
  // The second click of a double click would fall on the next note.
  submit.addEventListener('click', (event) => { if (event.detail > 1) event.preventDefault(); });
  submit.addEventListener('keydown', (event) => { if (event.repeat) event.preventDefault(); });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && event.target.matches('textarea, input[type=text]')) {
      event.preventDefault();
      if (onLeave) onLeave();
      else event.target.blur();
    }
    // A radio button's Enter sends the form: not while the key is held down.
    if (event.key === 'Enter' && event.repeat && event.target.type === 'radio') event.preventDefault();
  });
  drawName();

  function drawName(asking = !reviewer()) {
    asks.hidden = !asking;
    signed.hidden = asking;
    other.hidden = isGiven();
    text(as, reviewer());
  }

  function askName() {
    drawName(true);
    name.value = reviewer();
    name.focus();
    name.select();
  }

  function named() {
    if (!name.value.trim()) {
      warn('A review needs a name: write yours.');
      name.focus();
      return;
    }
    remember(name.value);
    warn(null);
    drawName();
    tell('You review as ' + reviewer() + '.');
    submit.focus();
  }

  function settle() {
    clearTimeout(settling);
    delete element.dataset.ready;
    settling = setTimeout(() => { element.dataset.ready = 'yes'; }, SETTLE);
  }

  const label = () => (blind ? null : detail?.category ?? null);

  function changed() {
    const choice = categories.value();
    const same = choice !== null && choice === label();
    text(submitWords, choice === null ? 'Choose a category' : same ? 'Accept ' + taxonomy.nameOf(choice) : 'Save as ' + taxonomy.nameOf(choice));
    text(submitKey, choice === null ? 'C' : same ? 'A' : 'Enter');
    element.classList.toggle('other', choice !== null && !same);
  }

  function warn(words) {
    notice.hidden = words === null;
    text(notice, words ?? '');
  }

  function tell(words) {
    if (speak) speak(words);
    else text(status, words);
  }

  async function save() {
    const choice = categories.value();
    if (busy || !detail || !element.dataset.ready || !may('reviewer')) return;
    drawName();
    if (!reviewer()) {
      askName();
      warn('A review needs a name: write yours.');
      return;
    }
    if (choice === null) {
      warn('Choose a category first.');
      categories.find();
      return;
    }
    busy = true;
    element.setAttribute('aria-busy', 'true');
    const reviewed = detail;
    try {
      const answer = await write(reviewed, {category: choice, reason: reason.value.trim() || undefined,
        selection: typeof selection === 'function' ? selection() : selection, ...(blind ? {} : {seen: reviewed.category ?? null})});
      warn(null);
      tell('Saved as ' + taxonomy.nameOf(choice) + '.');
      detail = null; // one review: the caller shows what is reviewed next
      onSaved(answer, reviewed);
    } catch (error) {
      refused(error, reviewed);
    } finally {
      busy = false;
      element.removeAttribute('aria-busy');
    }
  }

  function refused(error, reviewed) {
    if (!(error instanceof Refused)) {
      warn('The console did not answer, so the review may not be saved. Save it again when the connection is back.');
    } else if (error.status === 409) {
      warn('Somebody labelled it meanwhile. ' + error.message + ' Nothing of yours is saved: look again, then decide.');
      conflict = reviewed.noteId;
      onConflict(error, reviewed);
    } else {
      warn('Not saved. ' + error.message);
    }
  }

  return {
    element,
    /** Whether a review is on its way. */
    busy: () => busy,
    /**
     * Shows the note that is reviewed next, as GET notes/{id} answers it, or nothing. What was typed stays while note and
     * label stay. hide: R1's label is not suggested.
     */
    show(next, {hide = false} = {}) {
      const same = next && detail && next.noteId === detail.noteId && next.category === detail.category && hide === blind;
      detail = next;
      blind = hide;
      element.hidden = !next;
      if (same || !next) return;
      settle();
      if (next.noteId !== conflict) {
        warn(null);
        reason.value = '';
      }
      conflict = null;
      categories.show(categories.has(label()) ? label() : null, hide ? new Map() : marks(next, taxonomy));
      drawName();
      changed();
    },
    /** A key that no field took. True when it meant something here. */
    key(event) {
      if (!detail || !may('reviewer') || event.ctrlKey || event.metaKey || event.altKey) return false;
      // A link's and a button's own Enter; that of a radio button sends the form by itself.
      if (event.key === 'Enter' && event.target.closest?.('a, button, summary, input, label')) return false;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (key === 'a' || key === 'Enter') {
        if (!event.repeat) accept(key);
      } else if (key === 'c' || key === '/') categories.find();
      else if (/^\d$/.test(key)) categories.find(key);
      else if (key === 'r') writeReason();
      else if (key === 'Escape' && categories.value() !== label()) takeBack();
      else return false;
      return true;
    },
    /** Nothing can be saved until a note is shown again. */
    wait() { detail = null; },
    tell,
    warn,
    close() {
      clearTimeout(settling);
      detail = null;
    },
  };

  function accept(key) {
    const choice = categories.value();
    if (key === 'a' && choice !== null && choice !== label()) {
      tell('You have chosen ' + taxonomy.nameOf(choice) + '. Enter saves it, Escape takes it back.');
      submit.focus();
      return;
    }
    save();
  }

  function writeReason() {
    reason.focus({preventScroll: true});
    reason.scrollIntoView({block: 'nearest'}); // not behind the buttons
  }

  function takeBack() {
    categories.show(categories.has(label()) ? label() : null, blind ? new Map() : marks(detail, taxonomy));
    changed();
    tell(label() ? 'Back to ' + taxonomy.nameOf(label()) + '.' : 'Nothing is chosen.');
  }
}

/** Writes a review of the note, under the taxonomy version that it was shown under. */
export function write(detail, review) {
  return send('notes/' + piece(detail.noteId) + '/reviews', {
    reviewer: reviewer(), taxonomy: detail.taxonomy.id + '@' + detail.taxonomy.version, ...review});
}

/** The other categories that R1 thought of, each with a word for it. */
function marks(detail, taxonomy) {
  const found = new Map();
  const verdict = detail.event?.verdict;
  for (const [category, votes] of Object.entries(verdict?.votes ?? {})) {
    if (category !== detail.category) found.set(category, votes === 1 ? '1 vote' : format.number(votes) + ' votes');
  }
  if (verdict?.secondary && !found.has(verdict.secondary) && verdict.secondary !== detail.category) found.set(verdict.secondary, 'R1’s second');
  if (verdict?.category && verdict.category !== detail.category) found.set(verdict.category, 'R1');
  return found;
}
