// How classifiers, R1 endpoints, console and topics are.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {age, size, span} from './words.js';
import {spark} from './spark.js';

/** Returns the function that draws a status (GET status). What a console does not say is left out. */
export function status(root) {
  const outage = el('p', {class: 'banner trouble', role: 'alert', hidden: true});
  const unreached = el('p', {class: 'banner trouble', role: 'alert', hidden: true});
  const tiles = el('dl', {class: 'system-tiles'});
  const classifiers = el('div', {class: 'classifiers'});
  const none = el('p', {class: 'empty', hidden: true}, 'No classifier has spoken yet. Notes wait in Kafka until one runs.');
  const consoleFacts = el('dl', {class: 'system-facts'});
  const topicFacts = el('dl', {class: 'system-facts'});
  const consoleSheet = el('section', {class: 'sheet', 'aria-labelledby': 'console-title'}, el('h2', {id: 'console-title'}, 'Console'), consoleFacts);
  const topicsSheet = el('section', {class: 'sheet', 'aria-labelledby': 'topics-title'}, el('h2', {id: 'topics-title'}, 'Records in topics'), topicFacts);
  const keptFacts = el('dl', {class: 'system-facts'});
  const keptSheet = el('section', {class: 'sheet system-kept', 'aria-labelledby': 'kept-title', hidden: true}, el('h2', {id: 'kept-title'}, 'Kept for'), keptFacts);
  const pair = el('div', {class: 'system-pair'}, consoleSheet, topicsSheet);
  root.replaceChildren(outage, unreached, tiles, el('h2', {class: 'system-title'}, 'Classifiers and R1'), classifiers, none, pair, keptSheet);
  const rates = new Map(); // of each endpoint since the view was opened

  return (now) => {
    outage.hidden = !now.outage;
    if (now.outage) text(outage, 'No R1 endpoint takes calls since ' + format.time(now.outage.since) + ': ' + now.outage.reason + '. Notes wait, none is lost.');
    unreached.hidden = now.kafka?.reachable !== false;
    if (!unreached.hidden) text(unreached, 'The console does not reach Kafka' + (now.kafka.since ? ' since ' + format.time(now.kafka.since) : '') + '. Figures are the last known ones.');
    drawTiles(tiles, now);
    none.hidden = now.classifiers.length > 0;
    keyed(classifiers, now.classifiers, (one) => 'i-' + one.status.instance, createClassifier, (sheet, one) => drawClassifier(sheet, one, rates));
    consoleSheet.hidden = !now.console;
    topicsSheet.hidden = !now.topics;
    pair.hidden = !now.console && !now.topics;
    if (now.console) drawFacts(consoleFacts, consoleRows(now.console));
    if (now.topics) drawFacts(topicFacts, topicRows(now.topics));
    keptSheet.hidden = !now.retention?.length;
    drawFacts(keptFacts, keptRows(now.retention ?? []));
  };
}

function drawTiles(tiles, now) {
  const alive = now.classifiers.filter((one) => one.alive);
  const endpoints = alive.flatMap((one) => one.status.endpoints);
  const up = endpoints.filter((endpoint) => endpoint.state === 'up');
  const lag = now.topics?.notesLag ?? alive.reduce((sum, one) => sum + one.status.lag, 0);
  const items = [
    ['Classifiers', format.number(alive.length), alive.length === now.classifiers.length ? 'alive' : 'alive of ' + now.classifiers.length, alive.length ? '' : 'bad'],
    ['R1 endpoints', format.number(up.length), up.length === endpoints.length ? 'up' : 'up of ' + endpoints.length, up.length === 0 ? 'bad' : up.length < endpoints.length ? 'doubtful' : ''],
    ['Tokens per second', format.compact(up.reduce((sum, endpoint) => sum + endpoint.tokensPerSecond, 0)), 'thought and answer', ''],
    ['Notes that wait', format.compact(lag), lag === 0 ? 'all are decided' : 'not decided yet', ''],
  ];
  const dead = now.topics?.deadLetters;
  if (dead !== undefined) items.push(['Dead letters', format.compact(dead), dead ? 'see below' : 'none', '']);
  keyed(tiles, items, ([name]) => name, () => el('div', {}, el('dt'), el('dd'), el('dd', {class: 'hint'})), (div, [name, value, hint, state]) => {
    text(div.children[0], name);
    text(div.children[1], value);
    text(div.children[2], hint);
    div.dataset.state = state;
  });
}

function createClassifier() {
  const column = (words, kind) => el('th', {scope: 'col', role: 'columnheader', class: kind}, words);
  return el('section', {class: 'sheet classifier'},
    el('div', {class: 'classifier-head'}, el('h3', {}, el('bdi')), el('span', {class: 'state'}), el('p', {class: 'quiet classifier-facts'})),
    el('p', {class: 'classifier-load'}, el('span'), el('a', {'data-route': true, href: '?view=taxonomy&part=patterns'}), el('a', {'data-route': true, href: '?view=taxonomy&part=reclassify'})),
    el('table', {role: 'table', class: 'endpoints'}, el('caption', {class: 'unseen'}, 'R1 endpoints of this classifier'),
      el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, column('R1 endpoint'), column('State'), column('Calls in flight'), column('Waiting', 'number'), column('Tokens per second', 'rate'))),
      el('tbody', {role: 'rowgroup'})));
}

function drawClassifier(sheet, {alive, status: said}, rates) {
  const [head, load, table] = sheet.children;
  const [title, state, facts] = head.children;
  text(title.firstElementChild, said.instance);
  sheet.setAttribute('aria-label', 'Classifier ' + said.instance);
  sheet.classList.toggle('silent', !alive);
  state.dataset.state = alive ? 'up' : 'down';
  text(state, alive ? 'alive' : 'silent');
  text(facts, [said.build, said.taxonomy.id + '@' + said.taxonomy.version, alive ? 'runs for ' + age(said.startedAt) : 'last heard ' + format.time(said.at)].join(' · '));
  text(load.firstElementChild, said.inFlight === 0 && said.lag === 0 ? 'Nothing to do: all notes are decided.' : [format.notes(said.inFlight) + ' in work', format.number(said.waiting) + ' of them wait for a call', 'lag ' + format.number(said.lag)].join(' · '));
  drawBeside(load.children[1], discoveryWords(said.discovery));
  drawBeside(load.children[2], reclassificationWords(said.reclassification));
  keyed(table.tBodies[0], said.endpoints, (endpoint) => 'e-' + endpoint.url, createEndpoint, (tr, endpoint) => {
    const key = said.instance + ' ' + endpoint.url;
    if (!rates.has(key)) rates.set(key, []);
    drawEndpoint(tr, endpoint, rates.get(key), said.at);
  });
}

/** Work of lower priority than notes. */
function drawBeside(link, words) {
  link.hidden = !words;
  text(link, words ?? '');
}

function discoveryWords(discovery) {
  if (!discovery?.running && !discovery?.waiting) return null;
  return (discovery.running ? 'A discovery is under way' : 'No discovery is under way') + (discovery.waiting ? ', ' + format.number(discovery.waiting) + (discovery.waiting === 1 ? ' waits' : ' wait') : '');
}

function reclassificationWords(again) {
  if (!again?.job) return null;
  return 'A reclassification is under way' + (again.lag ? ', ' + format.notes(again.lag) + ' left here' : '');
}

function createEndpoint() {
  const line = spark();
  const tr = el('tr', {role: 'row'},
    el('th', {role: 'rowheader', scope: 'row'}, el('bdi', {class: 'endpoint-url'}), el('span', {class: 'endpoint-reason'})),
    el('td', {role: 'cell', 'data-name': 'State'}, el('span', {class: 'state'})),
    el('td', {role: 'cell', 'data-name': 'In flight', class: 'flight'}, el('span', {class: 'meter', 'aria-hidden': 'true'}, el('i')), el('span')),
    el('td', {role: 'cell', 'data-name': 'Waiting', class: 'number'}),
    el('td', {role: 'cell', 'data-name': 'Tokens/s', class: 'rate'}, el('strong'), line.element));
  tr.spark = line;
  return tr;
}

function drawEndpoint(tr, endpoint, rates, at) {
  const [name, state, flight, waiting, rate] = tr.children;
  text(name.firstElementChild, endpoint.url);
  text(name.lastElementChild, endpoint.reason ?? '');
  state.firstElementChild.dataset.state = endpoint.state;
  text(state.firstElementChild, endpoint.state);
  flight.firstElementChild.firstElementChild.style.width = Math.min(100, 100 * endpoint.inFlight / Math.max(1, endpoint.limit)) + '%';
  text(flight.lastElementChild, format.number(endpoint.inFlight) + ' of ' + format.number(endpoint.limit));
  text(waiting, format.number(endpoint.waiting));
  text(rate.firstElementChild, format.number(endpoint.tokensPerSecond));
  tr.spark.add(rates, Date.parse(at), endpoint.tokensPerSecond);
}

function consoleRows(said) {
  const heap = said.heapMaxBytes ? said.heapUsedBytes / said.heapMaxBytes : null;
  return [
    ['Version', said.version + (said.taxonomy ? ' · ' + said.taxonomy.id + '@' + said.taxonomy.version : '')],
    ['Runs', 'since ' + format.time(said.startedAt) + ', ' + age(said.startedAt)],
    ['Counted', ...progress(said.counted, said.countLag)],
    ['Indexed', ...progress(said.indexed, said.indexLag)],
    ['Memory', size(said.heapUsedBytes) + ' of ' + size(said.heapMaxBytes), heap],
    ['Pages that listen', format.number(said.listeners)],
  ];
}

/** Words, and the part that is done while something is left; both absent while Kafka has not said. In Kafka's records,
 *  of which transactions add some: no number of notes. */
function progress(done, lag = 0) {
  if (done === undefined) return [undefined];
  return [lag > 0 ? format.number(lag) + ' records behind' : 'up to date', lag > 0 ? done / (done + lag) : null];
}

function topicRows(topics) {
  const number = (value) => (value === undefined ? undefined : format.number(value));
  return [
    ['Notes', number(topics.notes)],
    ['Not decided yet', number(topics.notesLag)],
    ['Audit', number(topics.audit)],
    ['Dead letters', number(topics.deadLetters)],
  ];
}

/** For how long each topic keeps its records, and how old the oldest one is. */
function keptRows(retention) {
  return retention.map((one) => [one.topic, [
    one.keptForSeconds === undefined ? (one.compacted ? 'latest of each key' : 'for ever') : span(one.keptForSeconds),
    one.oldest ? 'oldest ' + age(one.oldest) + ' old' : 'empty',
  ].join(' · ')]);
}

function drawFacts(list, rows) {
  keyed(list, rows.filter(([, value]) => value !== undefined), ([name]) => name,
    () => el('div', {}, el('dt'), el('dd', {}, el('span'), el('span', {class: 'meter', 'aria-hidden': 'true', hidden: true}, el('i')))),
    (div, [name, value, filled = null]) => {
      text(div.firstElementChild, name);
      const [words, meter] = div.lastElementChild.children;
      text(words, value);
      meter.hidden = filled === null;
      if (filled !== null) meter.firstElementChild.style.width = Math.min(100, 100 * filled) + '%';
    });
}
