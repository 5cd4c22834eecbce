// The discoveries, newest first, each with how far it is.
import {confirm} from '../lib/confirm.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {selectionWords, tokensOf} from './asked.js';
import {progress} from './progress.js';
import {refOf} from './refs.js';

const STATES = {drawing: 'Draws its sample', waiting: 'Waits for its turn', running: 'Under way', finished: 'Finished', failed: 'Failed', cancelled: 'Cancelled'};
const PHASES = {naming: 'names patterns', merging: 'merges what is the same', assigning: 'labels the sample'};
export const isUnderWay = (one) => ['drawing', 'waiting', 'running'].includes(one.state);

/** How far it is: [done, total, words]. */
export function standing(one) {
  if (one.state === 'drawing') return [one.read ?? 0, one.total ?? one.population ?? 0, 'Draws its sample: ' + format.number(one.read ?? 0) + ' of ' + format.notes(one.total ?? one.population ?? 0) + ' read'];
  if (one.state === 'waiting') return [0, 0, 'Waits for its turn'];
  if (one.state !== 'running') return [0, 0, ''];
  return [one.callsDone, one.callsPlanned, 'R1 ' + (PHASES[one.phase] ?? 'reads') + ': ' + format.number(one.callsDone ?? 0) + ' of ' + format.number(one.callsPlanned ?? 0) + ' calls'
    + (tokensOf(one.tokens) ? ', ' + format.compact(tokensOf(one.tokens)) + ' tokens' : '')];
}

/** What came of it, in words. */
export function outcome(one) {
  if (one.state === 'finished') return (one.categories === undefined ? 'Finished' : format.number(one.categories) + (one.categories === 1 ? ' category' : ' categories'))
    + (one.proposal ? ', proposed as ' + refOf(one.proposal) : '');
  if (one.state === 'failed') return one.cause ?? 'It failed.';
  return one.state === 'cancelled' ? 'Cancelled' : '';
}

export const askedBy = (one) => (one.by ? 'asked by ' + one.by : 'asked on the command line') + ', ' + format.time(one.at);

/** Asks, then cancels; `done` follows. */
export function cancelling(context, id, done) {
  return confirm({
    title: 'Cancel this discovery?',
    body: [el('p', {}, 'Calls that run are ended; what R1 said so far is kept in the exchanges, and nothing is proposed.')],
    action: 'Cancel the discovery',
    run: (by) => context.send('discoveries/' + piece(id) + '/cancel', {by}),
    done,
  });
}

/** `element`, `draw(discoveries, taxonomy)`. */
export function discoveryList(context) {
  const list = el('ol', {class: 'run-list'});
  const none = el('p', {class: 'quiet', hidden: true}, 'None yet. What is asked here or by “rationale discover” is listed here.');
  const bars = new WeakMap();

  function create(one) {
    const bar = progress('Progress of the discovery');
    const cancel = el('button', {type: 'button', class: 'button small', 'data-needs': 'admin', on: {click: () => cancelling(context, one.id, () => {})}}, 'Cancel');
    const li = el('li', {class: 'sheet run'},
      el('div', {class: 'run-head'}, el('a', {'data-route': true, dir: 'auto'}), el('span', {class: 'badge'}), cancel),
      el('p', {class: 'quiet', dir: 'auto'}), bar.element, el('p', {class: 'run-outcome', dir: 'auto'}));
    bars.set(li, bar);
    return li;
  }

  return {
    element: el('section', {class: 'runs', 'aria-labelledby': 'discoveries-title'}, el('h2', {class: 'title', id: 'discoveries-title'}, 'Discoveries'), none, list),
    draw(discoveries, taxonomy) {
      none.hidden = discoveries.length > 0;
      keyed(list, discoveries, (one) => 'd-' + one.id, create, (li, one) => {
        const [head, about, , result] = li.children;
        const [link, state, cancel] = head.children;
        text(link, selectionWords(one.asked ?? {}, taxonomy));
        link.setAttribute('href', context.href({discovery: one.id}));
        text(state, STATES[one.state] ?? one.state);
        state.dataset.status = isUnderWay(one) ? 'proposed' : one.state === 'finished' ? 'active' : one.state;
        cancel.hidden = !isUnderWay(one);
        text(about, [one.population ? format.number(one.sampled ?? 0) + ' of ' + format.notes(one.population) : null, one.asked?.runs ? one.asked.runs + (one.asked.runs === 1 ? ' run' : ' runs') : null, askedBy(one)].filter(Boolean).join(' · '));
        bars.get(li).element.hidden = !isUnderWay(one);
        bars.get(li).draw(...standing(one));
        text(result, outcome(one));
        result.hidden = !result.textContent;
        li.dataset.state = one.state;
      });
    },
  };
}
