// Where the reader is; all of it stands in the URL, so that a link or a reload shows the same.
export const WINDOWS = [['1h', 'Last hour'], ['24h', '24 hours'], ['7d', '7 days'], ['30d', '30 days'], ['all', 'All time']];
export const VIEWS = ['overview', 'notes', 'reviews', 'taxonomy', 'system'];

/** What each view keeps in the URL beside what is counted: the field of a place and its name in the URL. */
const SINGLE = {
  overview: [['rows', 'rows'], ['chart', 'chart'], ['by', 'by'], ['under', 'under']],
  notes: [['note', 'note'], ['q', 'q'], ['sort', 'sort'], ['reviewed', 'reviewed'],
    ['minAgreement', 'minAgreement'], ['maxAgreement', 'maxAgreement']],
  reviews: [['note', 'note'], ['queue', 'queue'], ['selection', 'selection']],
  taxonomy: [['part', 'part'], ['version', 'version'], ['against', 'against'], ['only', 'only'], ['discovery', 'discovery'],
    ['maxAgreement', 'maxAgreement'], ['under', 'under']],
  system: [['letter', 'letter'], ['reason', 'reason']],
};
const LISTS = {
  overview: [],
  notes: [['categories', 'category'], ['failed', 'failed']],
  reviews: [['categories', 'category']],
  taxonomy: [['categories', 'category']],
  system: [],
};

/** The place that the URL names; unknown values are as if they were not there. Absent: null, or an empty list. */
export function here(search = location.search) {
  const query = new URLSearchParams(search);
  const window = query.get('window');
  const from = instant(query.get('from'));
  const place = {
    view: viewOf(query),
    window: WINDOWS.some(([code]) => code === window) ? window : 'all',
    from,
    to: from && instant(query.get('to')),
    sources: query.getAll('source').filter(Boolean),
  };
  for (const [field, name] of SINGLE[place.view]) place[field] = query.get(name) || null;
  for (const [field, name] of LISTS[place.view]) place[field] = query.getAll(name).filter(Boolean);
  return place;
}

/** Links from before there were views name a note or a category only. */
function viewOf(query) {
  const view = query.get('view');
  if (VIEWS.includes(view)) return view;
  return query.has('note') || query.has('category') || query.has('q') ? 'notes' : 'overview';
}

function instant(value) {
  const date = value ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}

/** The URL of a place. What does not belong to its view is left out. */
export function url(place) {
  const query = new URLSearchParams();
  if (place.view !== 'overview') query.set('view', place.view);
  if (place.from) {
    query.set('from', place.from);
    if (place.to) query.set('to', place.to);
  } else if (place.window !== 'all') {
    query.set('window', place.window);
  }
  for (const source of place.sources) query.append('source', source);
  for (const [field, name] of LISTS[place.view]) for (const value of place[field] ?? []) query.append(name, value);
  for (const [field, name] of SINGLE[place.view]) if (place[field]) query.set(name, place[field]);
  return '?' + query;
}

/** Query of the API for the notes that are counted: window or range, and sources. */
export function counted(place, more = {}) {
  const query = new URLSearchParams(place.from ? {from: place.from} : {window: place.window});
  if (place.from && place.to) query.set('to', place.to);
  for (const source of place.sources) query.append('source', source);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query;
}

/** An identifier as a piece of an API path. */
export const piece = (id) => encodeURIComponent(id);
