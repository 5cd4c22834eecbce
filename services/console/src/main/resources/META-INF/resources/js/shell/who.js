// Who has signed in, and the way out.
import {el, text} from '../lib/dom.js';
import {signedName, signOut} from '../lib/session.js';

/** `element` to place, `draw()` after the session changed. `onTrouble(words)` when signing out did not work. */
export function who(onTrouble) {
  const name = el('bdi');
  const out = el('button', {type: 'button', class: 'button small', on: {click: leave}}, 'Sign out');
  const element = el('div', {class: 'who', hidden: true}, el('span', {class: 'unseen'}, 'Signed in as '), name, out);

  async function leave() {
    out.disabled = true;
    try {
      await signOut();
      location.reload(); // nothing of what was shown stays in this page
    } catch {
      out.disabled = false;
      onTrouble('Not signed out: the console did not answer. Try again when the connection is back.');
    }
  }

  return {
    element,
    draw() {
      element.hidden = signedName() === null;
      text(name, signedName() ?? '');
      name.title = signedName() ?? '';
    },
  };
}
