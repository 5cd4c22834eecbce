// The view in place of everything else while the console asks who comes and nobody has signed in.
import {el, text} from '../lib/dom.js';
import {signedIn, signIn} from '../lib/session.js';

const WRONG = 'This token is not known here: it may be mistyped, expired or revoked.';

/**
 * `open(again)` covers the page, `again` when somebody was signed in before, so that what was typed below is not lost;
 * `close()` uncovers it and gives the focus back. What is behind cannot be seen or reached meanwhile.
 */
export function signinView() {
  const token = el('input', {
    id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', autocapitalize: 'none', spellcheck: 'false', required: true,
    'aria-describedby': 'signin-why signin-wrong', on: {input: () => tell(null)},
  });
  const why = el('p', {class: 'quiet', id: 'signin-why'});
  const wrong = el('p', {class: 'wrong', id: 'signin-wrong', role: 'alert'});
  const enter = el('button', {class: 'button primary'}, 'Sign in');
  const form = el('form', {class: 'signin-form', novalidate: true, 'aria-labelledby': 'signin-title', on: {submit}},
    el('p', {class: 'brand'}, el('img', {src: 'favicon.svg', alt: '', width: '26', height: '26'}), el('span', {}, 'Rationale')),
    el('h1', {id: 'signin-title'}, 'Sign in'), why, el('label', {for: 'token'}, 'Token'), token, wrong, enter);
  // The last dialog that was opened lies above all others, those that somebody was typing into included.
  const dialog = el('dialog', {class: 'signin', 'aria-labelledby': 'signin-title', closedby: 'none', on: {
    cancel: (event) => event.preventDefault(),
    close: () => { if (shown) cover(); }, // a browser closes it at the second Escape, whatever it is told
  }}, form);
  document.body.append(dialog);
  let shown = false;
  let before = null;

  function tell(words) {
    text(wrong, words ?? '');
    if (words) token.setAttribute('aria-invalid', 'true');
    else token.removeAttribute('aria-invalid');
  }

  function cover() {
    dialog.showModal();
    token.focus();
  }

  async function submit(event) {
    event.preventDefault();
    const given = token.value.trim();
    if (enter.disabled) return;
    if (!given) {
      tell('Paste your token first.');
      token.focus();
      return;
    }
    enter.disabled = true;
    tell(null);
    try {
      await signIn(given);
      if (!signedIn()) tell(WRONG);
    } catch (error) {
      tell(error.status === 401 ? WRONG : error.status ? error.message : 'The console cannot be reached. Try again when the connection is back.');
    } finally {
      enter.disabled = false;
      token.value = '';
      if (shown) token.focus();
    }
  }

  return {
    open(again) {
      text(why, again ? 'Your session has ended. What you were doing is still here: sign in to go on.'
        : 'This console asks who comes. Paste the token that you were given.');
      if (shown) return;
      before = document.activeElement;
      shown = true;
      document.body.dataset.covered = 'yes';
      cover();
    },
    close() {
      if (!shown) return;
      shown = false;
      delete document.body.dataset.covered;
      tell(null);
      dialog.close();
      if (before?.isConnected) before.focus({preventScroll: true});
    },
  };
}
