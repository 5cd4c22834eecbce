// Who reviews: who has signed in; where nobody needs to, asked once and kept in this browser.
import {signedName} from '../lib/session.js';

const KEY = 'rationale.reviewer';
let name = null;

/** The name, or an empty text. */
export function reviewer() {
  if (signedName() !== null) return signedName();
  if (name === null) {
    try {
      name = localStorage.getItem(KEY) ?? '';
    } catch {
      name = ''; // storage is switched off: kept until the page is left
    }
  }
  return name;
}

/** Whether the name is the console's to say, and not to be typed. */
export const isGiven = () => signedName() !== null;

export function remember(given) {
  name = given.trim();
  try {
    localStorage.setItem(KEY, name);
  } catch { /* as above */ }
}
