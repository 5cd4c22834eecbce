// The notes that wait for a review, one after the other.
import {piece} from '../lib/place.js';

const PAGE = 25;

/**
 * A queue of note details. ask: as in lib/api.js. It reads the list page by page behind a cursor, so a note that is
 * reviewed elsewhere meanwhile neither repeats nor hides another one, and fetches the next note while one is looked at.
 */
export function noteQueue(ask) {
  const done = new Set();      // reviewed here: the index may still list them for a moment
  let query = null;            // of the list, without a cursor
  let sample = false;
  let cursor = null;
  let ended = false;
  let waiting = [];            // ids
  let skipped = [];            // ids
  let total = 0;
  let ahead = null;            // the next note's detail under way: {id, detail}

  const detailOf = (id, signal) => ask('notes/' + piece(id), {signal});

  async function fill(signal) {
    while (waiting.length === 0 && !ended) {
      const asked = new URLSearchParams(query);
      if (cursor) asked.set('cursor', cursor);
      const page = await ask('notes?' + asked, {signal});
      if (!cursor) total = page.notes.length < page.total ? page.total : page.notes.filter((note) => !done.has(note.noteId)).length;
      cursor = page.cursor ?? null;
      ended = !cursor;
      waiting = page.notes.map((note) => note.noteId).filter((id) => !done.has(id) && !skipped.includes(id));
    }
  }

  function fetchAhead() {
    const id = waiting[0];
    if (!id || ahead?.id === id) return;
    const detail = detailOf(id);
    detail.catch(() => {}); // asked again when it is needed
    ahead = {id, detail};
  }

  return {
    /**
     * Begins anew with the list of a query. Of a random sample nothing is left out but what was reviewed as part of it:
     * without the notes that somebody has labelled for their doubt it would look better than it is.
     */
    start(listed) {
      query = new URLSearchParams(listed);
      sample = query.get('sort') === 'random';
      query.set(sample ? 'drawn' : 'reviewed', 'false');
      query.set('limit', String(PAGE));
      cursor = null;
      ended = false;
      waiting = [];
      skipped = [];
      ahead = null;
      total = 0;
    },
    /** The next note, or null at the end. */
    async next(signal) {
      for (;;) {
        await fill(signal);
        const id = waiting[0];
        if (!id) return null;
        const fetched = ahead?.id === id ? await ahead.detail.catch(() => null) : null;
        ahead = null;
        const detail = fetched ?? await detailOf(id, signal).catch((error) => {
          if (error.status === 404) return null;
          throw error;
        });
        signal?.throwIfAborted();
        waiting.shift();
        if (detail && (sample || !detail.reviewed)) {
          fetchAhead();
          return detail;
        }
        total = Math.max(0, total - 1); // somebody else was faster
      }
    },
    /** The note as it is now. */
    look: detailOf,
    reviewed(id) {
      if (!done.has(id)) total = Math.max(0, total - 1);
      done.add(id);
      skipped = skipped.filter((other) => other !== id);
    },
    /** Takes a review back: the note counts as open again. */
    reopened(id) {
      if (done.delete(id)) total += 1;
    },
    skip(id) {
      if (!skipped.includes(id)) skipped.push(id);
    },
    /** The note comes again at once. */
    first(id) {
      waiting = [id, ...waiting.filter((other) => other !== id)];
      ahead = null;
    },
    /** The skipped ones come again. */
    again() {
      waiting = skipped;
      skipped = [];
    },
    skipped: () => skipped.length,
    /** Notes that wait, those skipped and the one on the screen among them. */
    left: () => total,
  };
}
