// Asks before something is done that others will notice, and says how it went.
import {el, text} from './dom.js';
import {signature} from './signature.js';

let count = 0;

/**
 * A dialog with a title, what follows from it (nodes), and a button that does it: `run(by)` returns a promise; what it
 * refuses is shown as `faultsOf` says it, and the dialog stays. Without `signed` nobody is asked for a name.
 * Afterwards the focus is back where it was.
 */
export function confirm({title, body = [], action, signed = true, run, done = () => {}}) {
  const id = 'confirm-' + ++count;
  const before = document.activeElement;
  const sign = signed ? signature() : null;
  const wrong = el('div', {class: 'faults', role: 'alert'});
  const yes = el('button', {class: 'button primary'}, action);
  const no = el('button', {type: 'button', class: 'button', on: {click: () => dialog.close()}}, 'Cancel');
  const form = el('form', {class: 'confirm-form', novalidate: true}, el('h2', {id}, title), body, sign?.element, wrong, el('div', {class: 'confirm-choice'}, yes, no));
  const dialog = el('dialog', {class: 'sheet confirm', 'aria-labelledby': id}, form);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const by = sign ? sign.name() : null;
    if (yes.disabled || (sign && by === null)) return;
    yes.disabled = true;
    wrong.replaceChildren();
    try {
      const answer = await run(by);
      dialog.close();
      done(answer);
    } catch (error) {
      if (error.name === 'AbortError') return dialog.close();
      showFaults(wrong, error);
    } finally {
      yes.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector('.confirm-form input:not([hidden])') ?? no).focus();
  return dialog;
}

/** What the console refused, a sentence for each fault. */
export function faultsOf(error) {
  if (!error.status) return ['The console did not answer, so it may or may not have been done. Look again before you repeat it.'];
  return error.problem?.faults?.length ? error.problem.faults : [error.message];
}

/** The same into an element with role alert. */
export function showFaults(element, error) {
  const faults = faultsOf(error);
  element.replaceChildren(faults.length === 1 ? el('p', {class: 'banner trouble', dir: 'auto'}, faults[0])
    : el('ul', {class: 'banner trouble'}, faults.map((fault) => el('li', {dir: 'auto'}, fault))));
}

/** Nothing is wrong any more. */
export const noFaults = (element) => element.replaceChildren();

/** A line about something that went well, for eyes and ears. */
export function told() {
  const element = el('p', {class: 'told', role: 'status'});
  return {element, say: (words) => text(element, words)};
}
