// Who reviews: asked once, kept in this browser.
const KEY = 'rationale.reviewer';
let name = null;

/** The name, or an empty text. */
export function reviewer() {
  if (name === null) {
    try {
      name = localStorage.getItem(KEY) ?? '';
    } catch {
      name = ''; // storage is switched off: kept until the page is left
    }
  }
  return name;
}

export function remember(given) {
  name = given.trim();
  try {
    localStorage.setItem(KEY, name);
  } catch { /* as above */ }
}
