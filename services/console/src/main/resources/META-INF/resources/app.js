// The page's shell: header, tabs, pickers, live events, and one view at a time.
//
// A view is a module js/<name>/<name>.js with
//   export const KEYS = [['j', 'Next note'], …]                   for the help dialog; may be absent
//   export function view(root, context) → {update, live, key, close}   all but update may be absent
// `root` is an empty element of its own. After view() comes
//   update(place)    shows what belongs to the place; called at once, and whenever the URL has changed within the view
//   live(kind, data) something happened: 'statistics' (counts moved; at most four a second), 'decisions' (data: a list),
//                    'alerts', 'taxonomies', 'discoveries', 'reclassifications', 'remedies' (worth asking again),
//                    'reset' (something was missed), 'open' (the connection stands, again)
//   key(event)       a key while nobody is typing; true when it was used. Comes before the shell's keys, save g and what follows
//   theme()          the colours may have changed
//   close()          the view is left: ends timers and listeners outside of root
// `context` is
//   place()                      where the reader is (js/lib/place.js)
//   href(changes)                the URL of this place with changes, for links (`data-route` keeps them in the page)
//   go(changes, {replace})       goes there
//   ask(path, {signal, accept, tagged})  GET api/v1/…; waits while the console starts; ends when the view is left (js/lib/api.js)
//   send(path, body, {signal, match, tagged})  POST api/v1/…; throws Refused with status and problem
//   refresher(work, gap)         work(signal) one at a time; failures are shown, and tried again (js/lib/refresher.js)
//   taxonomy()                   promise of the active one: {ref, title, categories, get(id), nameOf(id), colourOf(id)}; nameOf('~undecided') too
//   title(words)                 of the document
//   say(words)                   to screen readers, politely; at most once in five seconds
//   trouble(words | null)        the line above the view
//   failed(error)                shows what went wrong; true when it is worth trying again
//   simulated(boolean)           whether what is shown was answered by the simulator
import {alerts} from './js/shell/alerts.js';
import {controls} from './js/shell/controls.js';
import {help} from './js/shell/help.js';
import {NAMES, placeOf, tabs} from './js/shell/tabs.js';
import {signinView} from './js/shell/signin.js';
import {themeButton} from './js/shell/theme.js';
import {who} from './js/shell/who.js';
import {ask, Refused, send} from './js/lib/api.js';
import {el, text} from './js/lib/dom.js';
import {pairs, typing} from './js/lib/keys.js';
import {listen} from './js/lib/live.js';
import {here, url, VIEWS} from './js/lib/place.js';
import {refresher} from './js/lib/refresher.js';
import {load, may, onSession, signedIn, signedName} from './js/lib/session.js';
import {named} from './js/lib/taxonomy.js';
import * as notes from './js/notes/notes.js';
import * as overview from './js/overview/overview.js';
import * as reviews from './js/reviews/reviews.js';
import * as system from './js/system/system.js';
import * as taxonomies from './js/taxonomy/taxonomy.js';

const MODULES = {overview, notes, reviews, taxonomy: taxonomies, system};
/** Whether notes are counted there, which the pickers of window and sources apply to. */
const counting = ({view, part, discovery}) => view === 'taxonomy' ? part !== null && discovery === null : view !== 'system';
const SPEAK_EVERY = 5000;
const MOVE_EVERY = 250;
const $ = (id) => document.getElementById(id);

let shown = null;      // {name, view, closing}
let taxonomy = null;
let waiting = false;   // the console said that it is not ready yet
let spokenAt = -Infinity;

const drawTabs = tabs($('tabs'));
const pickers = controls($('controls'), (changes) => go(changes));
const keysHelp = help();
const person = who(trouble);
const signin = signinView();
$('tools').append(
  person.element,
  themeButton(() => shown?.view.theme?.()),
  el('button', {type: 'button', class: 'plain', title: 'Keys (?)', 'aria-label': 'Keys', on: {click: openHelp}}, '?'));

const sources = refresher(async (signal) => pickers.sources(await ask('sources', {signal})), {gap: 5000});
const about = refresher(async (signal) => {
  const known = await ask('about', {signal});
  simulated(known.simulated);
  activeIs(known.taxonomy);
  text($('about'), 'Rationale ' + known.version + ' · taxonomy ' + known.taxonomy.id + '@' + known.taxonomy.version + ' · topics ' + known.topicPrefix + '*');
}, {gap: 10_000});
const drawAlerts = alerts($('alerts'));
const alertsNow = refresher((signal) => drawAlerts(signal), {gap: 1000});

function context(signal) {
  const options = (more = {}) => ({
    ...more,
    signal: more.signal ? AbortSignal.any([signal, more.signal]) : signal,
    onWait: (why) => {
      waiting = true;
      trouble(why + ' One moment…');
    },
  });
  return {
    place: () => here(),
    href: (changes) => url({...here(), ...changes}),
    go,
    ask: (path, more) => ask(path, options(more)),
    send: (path, body, more = {}) => send(path, body, {...more, signal: more.signal ? AbortSignal.any([signal, more.signal]) : signal}),
    refresher: (work, gap) => watched(work, gap),
    taxonomy: () => (taxonomy ??= ask('taxonomy', options()).then(named).catch((error) => { taxonomy = null; throw error; })),
    title: (words) => { document.title = words === 'Rationale' ? words : words + ' · Rationale'; },
    say,
    trouble,
    failed,
    simulated: (really) => simulated(really, true),
  };
}

/** A refresher whose trouble is shown until it is over, whatever the others say meanwhile. */
function watched(work, gap) {
  let failing = false;
  return refresher(work, {
    gap,
    onFailure: (error) => {
      const again = failed(error);
      failing = !$('trouble').hidden;
      return again;
    },
    onDone: () => {
      if (failing || waiting) trouble(null);
      failing = false;
      waiting = false;
    },
  });
}

function go(changes, {replace = false} = {}) {
  const to = url({...here(), ...changes});
  if (to === location.search || (to === '?' && location.search === '')) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  arrive();
}

/** Shows what the URL names. A new view begins at its top and takes the focus. */
function arrive() {
  if (!begun) return;
  const place = here();
  drawTabs(place);
  $('controls').hidden = !counting(place);
  pickers.place(place);
  const other = shown?.name !== place.view;
  if (other) enter(place.view);
  update(place);
}

function enter(name) {
  const before = shown;
  leave();
  trouble(null);
  delete $('simulated').dataset.shown;
  about.soon();
  const closing = new AbortController();
  const root = el('div', {class: 'view', 'data-view': name});
  $('view').replaceChildren(root);
  document.body.dataset.view = name;
  const mine = context(closing.signal);
  mine.title(name === 'overview' ? 'Rationale' : NAMES[name]);
  shown = {name, view: MODULES[name].view(root, mine), closing};
  if (before) {
    scrollTo(0, 0);
    $('view').focus({preventScroll: true});
  }
}

function leave() {
  shown?.closing.abort();
  shown?.view.close?.();
  shown = null;
}

async function update(place) {
  const mine = shown;
  try {
    await mine.view.update(place);
  } catch (error) {
    if (shown === mine) failed(error);
  }
}

function failed(error) {
  if (error?.name === 'AbortError') return false;
  if (error?.status === 401) return false; // the sign-in view says so
  const refused = error instanceof Refused;
  if (!refused && !(error instanceof TypeError && /fetch|network|load failed/i.test(error.message))) throw error;
  trouble(refused ? error.message : 'The console cannot be reached. What you see may be out of date.');
  return !refused || error.status >= 500;
}

/** Another version may have been activated, here or elsewhere: what is known of the one before is forgotten. */
let active = null;
function activeIs({id, version}) {
  const now = id + '@' + version;
  if (active !== null && active !== now) {
    taxonomy = null;
    shown?.view.live?.('taxonomies');
  }
  active = now;
}

/** What is shown knows best, such as a range from before the simulator; other views go by what the console says of all notes. */
function simulated(really, shownNow = false) {
  if (shownNow) $('simulated').dataset.shown = 'true';
  if (shownNow || !$('simulated').dataset.shown) $('simulated').hidden = !really;
}

function trouble(words) {
  $('trouble').hidden = words === null;
  if (words !== null) text($('trouble'), words);
}

function say(words) {
  if (performance.now() - spokenAt < SPEAK_EVERY) return;
  spokenAt = performance.now();
  text($('spoken'), words);
}

function connection(alive) {
  $('connection').dataset.state = alive ? 'live' : 'lost';
  text($('connection').querySelector('.words'), alive ? 'Live' : 'Connection lost, trying again…');
}

let moved = null;
let movedAt = -Infinity;
/** Counts may move a hundred times a second; the views hear of it four times. */
function move(data) {
  if (moved !== null) return;
  moved = setTimeout(() => {
    moved = null;
    movedAt = performance.now();
    shown?.view.live?.('statistics', data);
    sources.soon();
    about.soon();
  }, Math.max(0, movedAt + MOVE_EVERY - performance.now()));
}

function live(kind, data) {
  if (kind === 'statistics') return move(data);
  if (kind === 'alerts' || kind === 'open') alertsNow.soon();
  if (kind === 'taxonomies') {
    taxonomy = null;
    about.now();
  }
  if (kind === 'open') {
    sources.soon();
    about.now();
  }
  shown?.view.live?.(kind, data);
}

function openHelp() {
  if (!shown) return;
  keysHelp.open(NAMES[shown.name], MODULES[shown.name].KEYS ?? []);
}

const tab = (view) => go(placeOf(view, here()));
const goPair = pairs('g', {o: () => tab('overview'), n: () => tab('notes'), r: () => tab('reviews'), t: () => tab('taxonomy'), s: () => tab('system')});

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || typing(event) || document.querySelector('dialog[open]')) return;
  if (!begun) early.push(event); // the console is still being asked who is here
  else if (pressed(event)) event.preventDefault();
});
const early = [];

function pressed(event) {
  // A pair is one word: its second key means nothing to the view.
  return goPair(event) || shown?.view.key?.(event) || shellKey(event);
}

function shellKey(event) {
  if (event.key === '?') openHelp();
  else if (event.key === '/' && shown.name !== 'notes') go({...placeOf('notes', here()), q: null});
  else if (VIEWS[Number(event.key) - 1]) tab(VIEWS[Number(event.key) - 1]);
  else return false;
  return true;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-route]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const to = link.getAttribute('href');
  if (to !== location.search) history.pushState(null, '', to);
  arrive();
});
addEventListener('popstate', arrive);

let begun = false;
let actor = null;      // who was signed in when the page began
/** Shows the page to those who may see it, and to all others the way in. What is open stays as it is behind that. */
function admit() {
  document.body.dataset.may = ['viewer', 'reviewer', 'admin'].filter(may).join(' ');
  person.draw();
  if (!signedIn()) return signin.open(begun);
  const other = begun && signedName() !== actor;
  if (other) return location.reload(); // what the one before typed and saw is not for the next
  actor = signedName();
  signin.close();
  if (!begun) return begin();
  trouble(null);
  shown.view.live?.('open');
  update(here());
  about.now();
  sources.now();
}

function begin() {
  begun = true;
  trouble(null);
  arrive();
  listen(live, connection);
  sources.now();
  early.splice(0).forEach(pressed);
}

onSession(admit);
load(() => trouble('The console cannot be reached. One moment…'));
