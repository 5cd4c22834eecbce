// A long list of which only the rows near the visible part exist.
const BEYOND = 8;
/** Browsers lay out no element that is higher than this. */
const HIGHEST = 16_000_000;

/**
 * Rows of one height in `element`, an empty list. `rowHeight` is in pixels, `create()` makes a row, `update(row, index)`
 * fills it and is called again for rows that are used for another index. `onRange(from, to)` says which are looked at.
 * It scrolls with whatever scrolls: an element around it, or the page.
 */
export function virtual(element, {rowHeight, create, update, onRange}) {
  const rows = new Map();
  let spare = [];
  let count = 0;
  let frame = null;
  let told = '';

  const range = () => {
    const box = element.getBoundingClientRect();
    const scroller = scrollerOf(element).getBoundingClientRect?.() ?? {top: 0, bottom: innerHeight};
    const top = Math.max(0, Math.max(scroller.top, 0) - box.top);
    const bottom = Math.min(box.height, Math.min(scroller.bottom, innerHeight) - box.top);
    return [Math.floor(top / rowHeight), Math.max(0, Math.ceil(bottom / rowHeight))];
  };
  const draw = () => {
    frame = null;
    if (!element.isConnected || element.offsetParent === null) return;
    const [first, end] = range();
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(count, end + BEYOND);
    for (const [index, row] of rows) {
      if (index < from || index >= to) {
        rows.delete(index);
        spare.push(row);
      }
    }
    for (let index = from; index < to; index++) {
      let row = rows.get(index);
      if (!row) {
        row = spare.pop() ?? element.appendChild(create());
        row.style.transform = 'translateY(' + index * rowHeight + 'px)';
        row.setAttribute('aria-posinset', index + 1);
        rows.set(index, row);
      }
      row.setAttribute('aria-setsize', count);
      update(row, index);
    }
    for (const row of spare) row.remove();
    spare = [];
    const now = first + ' ' + end;
    if (now === told) return;
    told = now;
    onRange(first, Math.min(count, end));
  };
  const soon = () => { frame ??= requestAnimationFrame(draw); };
  const size = new ResizeObserver(soon);
  size.observe(element);
  document.addEventListener('scroll', soon, {capture: true, passive: true});
  addEventListener('resize', soon);

  return {
    /** How many rows there are; returns how many can be shown. */
    count(wanted) {
      count = Math.min(wanted, Math.floor(HIGHEST / rowHeight));
      element.style.height = count * rowHeight + 'px';
      told = '';
      soon();
      return count;
    },
    redraw: soon,
    /** Scrolls as little as needed; not at all while the list is not to be seen. */
    reveal(index) {
      if (element.offsetParent === null) return;
      const scroller = scrollerOf(element);
      const box = scroller.getBoundingClientRect?.() ?? {top: 0, bottom: innerHeight};
      const top = element.getBoundingClientRect().top + index * rowHeight;
      if (top < box.top) scroller.scrollBy(0, top - box.top);
      else if (top + rowHeight > box.bottom) scroller.scrollBy(0, top + rowHeight - box.bottom);
    },
    top: () => scrollerOf(element).scrollTo(0, 0),
    row: (index) => rows.get(index),
    close() {
      size.disconnect();
      document.removeEventListener('scroll', soon, {capture: true});
      removeEventListener('resize', soon);
      cancelAnimationFrame(frame);
    },
  };
}

function scrollerOf(element) {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return window;
}
