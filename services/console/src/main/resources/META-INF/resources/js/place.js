// Where the reader is; all of it stands in the URL, so that a link or a reload shows the same.
export const WINDOWS = [['1h', 'Last hour'], ['24h', '24 hours'], ['7d', '7 days'], ['30d', '30 days'], ['all', 'All time']];

export function here() {
  const query = new URLSearchParams(location.search);
  const window = query.get('window');
  return {
    window: WINDOWS.some(([code]) => code === window) ? window : 'all',
    sources: query.getAll('source'),
    category: query.get('category'),
    note: query.get('note'),
  };
}

/** The URL of a place. */
export function url(place) {
  const query = new URLSearchParams();
  if (place.window !== 'all') query.set('window', place.window);
  for (const source of place.sources) query.append('source', source);
  if (place.category) query.set('category', place.category);
  if (place.note) query.set('note', place.note);
  return '?' + query;
}

/** Query of the API for the notes that are counted. */
export function counted(place, more = {}) {
  const query = new URLSearchParams({window: place.window, ...more});
  for (const source of place.sources) query.append('source', source);
  return query;
}
