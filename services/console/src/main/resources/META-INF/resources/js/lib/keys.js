// Keys pressed while nobody is typing.
const SECOND_KEY = 1200;

/** Whether the key goes into a field, or is part of the browser's own shortcut. */
export function typing(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const at = event.target;
  return at instanceof Element && Boolean(at.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'));
}

/** `key` after `first` within a moment, as in "g o": true when the event completes or begins such a pair. */
export function pairs(first, seconds) {
  let since = -Infinity;
  return (event) => {
    const within = performance.now() - since < SECOND_KEY;
    since = -Infinity;
    if (within && seconds[event.key]) {
      seconds[event.key]();
      return true;
    }
    if (event.key !== first) return false;
    since = performance.now();
    return true;
  };
}
