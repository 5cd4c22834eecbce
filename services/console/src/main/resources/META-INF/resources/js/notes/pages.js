// A list that the API gives page by page, of any length, with few of its pages in memory.
const SIZE = 250;
const KEPT = 8;
const AHEAD = 25;

/**
 * `load(cursor, limit, signal)` answers {notes, cursor, total, totalExact}. A cursor leads only from a page to the next, so
 * whoever jumps far ahead is led there page by page; of the pages passed only the cursors stay. `onChange()` follows each
 * page, `onFailure(error)` ends the loading until the next `need`. Where the API stops counting, `estimate(signal)` may say how
 * many there are, or null.
 */
export function pages(load, {onChange, onFailure, estimate = async () => null}) {
  const cursors = [null];        // of each page that can be asked for
  const kept = new Map();        // page → notes; the last used one last
  const closing = new AbortController();
  let end = Infinity;            // how many notes there are, as soon as the last page was seen
  let total = 0;
  let exact = false;
  let estimated = null;
  let wanted = [0, 1];
  let loading = false;
  let begun = false;

  const pageOf = (index) => Math.floor(index / SIZE);
  const missing = () => {
    for (let page = pageOf(wanted[0]); page <= pageOf(Math.max(0, Math.min(wanted[1], end) - 1)); page++) {
      if (!kept.has(page)) return page;
    }
    return -1;
  };
  const run = async () => {
    if (loading) return;
    loading = true;
    try {
      for (let page = missing(); page >= 0; page = missing()) {
        const next = Math.min(page, cursors.length - 1);
        if (next < page && end < Infinity) break;
        take(next, await load(cursors[next], SIZE, closing.signal));
        if (!exact && end === Infinity && estimated === null) estimated = (await estimate(closing.signal)) ?? 0;
        onChange();
      }
    } catch (error) {
      if (!closing.signal.aborted) onFailure(error);
    } finally {
      loading = false;
    }
  };
  const take = (page, answer) => {
    begun = true;
    kept.delete(page);
    kept.set(page, answer.notes);
    if (answer.cursor && page + 1 === cursors.length) cursors.push(answer.cursor);
    if (!answer.cursor) end = page * SIZE + answer.notes.length;
    if (page === 0 || answer.totalExact) {
      total = answer.total;
      exact = answer.totalExact;
    }
    const [first, last] = [pageOf(wanted[0]) - 1, pageOf(wanted[1]) + 1];
    for (const [other] of kept) {
      if (kept.size <= KEPT) break;
      if (other < first || other > last) kept.delete(other);
    }
  };

  return {
    /** The note there; undefined while it is not loaded. */
    at: (index) => kept.get(pageOf(index))?.[index % SIZE],
    /** Where a note stands among those loaded, or -1. */
    indexOf(noteId) {
      for (const [page, notes] of kept) {
        const at = notes.findIndex((note) => note.noteId === noteId);
        if (at >= 0) return page * SIZE + at;
      }
      return -1;
    },
    /** Loads what is looked at, and a little around it. */
    need(from, to) {
      wanted = [Math.max(0, from - AHEAD), to + AHEAD];
      run();
    },
    /** Loads the page of a note again, as something of it has changed. */
    again(index) {
      kept.delete(pageOf(index));
      run();
    },
    /** As far as is known: how many, and whether that is exact. */
    total: () => (end < Infinity ? {count: end, exact: true}
      : {count: Math.max(total, estimated ?? 0, (cursors.length - 1) * SIZE + 1), exact: exact || Boolean(estimated)}),
    begun: () => begun,
    /** How far a jump ahead has come: notes passed, or null when nothing is under way. */
    walked: () => (loading && pageOf(wanted[0]) >= cursors.length ? cursors.length * SIZE : null),
    kept: () => kept.size,
    close: () => closing.abort(),
  };
}
