// Reclassifications, newest first: how far each is, and its pause, resumption and end.
import {confirm} from '../lib/confirm.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {selectionWords, spell, tokensOf} from './asked.js';
import {progress} from './progress.js';
import {refOf} from './refs.js';

const STATES = {waiting: 'Waits for its turn', running: 'Under way', paused: 'Paused', cancelling: 'Is being cancelled', cancelled: 'Cancelled', finished: 'Finished'};
const BADGES = {waiting: 'proposed', running: 'proposed', paused: 'paused', finished: 'active'};
const ACTIONS = {
  pause: {words: 'Pause', states: ['running', 'waiting'], title: 'Pause this reclassification?', hint: 'No further call is begun; those that run end. Reclassifications behind it wait, too.'},
  resume: {words: 'Go on', states: ['paused'], title: 'Go on with this reclassification?', hint: 'It goes on with the notes that are left; none is judged twice.'},
  cancel: {words: 'Cancel', states: ['running', 'waiting', 'paused'], title: 'Cancel this reclassification?', hint: 'Notes that are judged stay judged; the rest is left as it is. A cancelled one cannot go on.', action: 'Cancel it'},
};
/** What somebody did, of what the API calls it. */
const DONE = {ask: 'asked for', pause: 'paused', resume: 'resumed', cancel: 'cancelled'};
/** So many moves are listed, the most frequent first. */
const MOST_MOVES = 40;
const isEnded = (job) => ['cancelled', 'finished'].includes(job.state);

/** `element`, `draw(jobs, treeOf)` with the taxonomy of a version's name; `changed()` after one was paused, resumed or cancelled. */
export function jobList(context, changed) {
  const none = el('p', {class: 'quiet', hidden: true}, 'None yet. What is asked here or by “rationale reclassify” is listed here.');
  const list = el('ol', {class: 'run-list'});
  const bars = new WeakMap();

  function create(job) {
    const bar = progress('Progress of the reclassification');
    const li = el('li', {class: 'sheet run'},
      el('div', {class: 'run-head'}, el('span', {dir: 'auto'}), el('span', {class: 'badge'}), Object.entries(ACTIONS).map(([key, {words}]) =>
        el('button', {type: 'button', class: 'button small', 'data-action': key, 'data-needs': 'admin', on: {click: () => act(job.id, key)}}, words))),
      el('p', {class: 'quiet', dir: 'auto'}), bar.element, el('p', {class: 'run-outcome', dir: 'auto'}),
      el('details', {class: 'fold'}, el('summary', {}, 'What moved'), el('ul', {class: 'moved'})),
      el('details', {class: 'fold'}, el('summary', {}, 'What was done'), el('ul', {class: 'dropped'})));
    bars.set(li, bar);
    return li;
  }

  function act(id, key) {
    const {title, hint, words, action} = ACTIONS[key];
    confirm({title, body: [el('p', {}, hint)], action: action ?? words, run: (by) => context.send('reclassifications/' + piece(id) + '/' + key, {by}), done: changed});
  }

  return {
    element: el('section', {class: 'runs', 'aria-labelledby': 'jobs-title'}, el('h2', {class: 'title', id: 'jobs-title'}, 'Reclassifications'), none, list),
    draw(jobs, treeOf) {
      none.hidden = jobs.length > 0;
      keyed(list, jobs, (job) => 'j-' + job.id, create, (li, job) => {
        const [head, about, , outcome, moves, log] = li.children;
        const [title, state, ...buttons] = head.children;
        const [before, after] = [treeOf(refOf(job.selection?.from) ?? refOf(job.taxonomy)), treeOf(refOf(job.taxonomy))];
        text(title, 'Under ' + refOf(job.taxonomy) + ': ' + lower(selectionWords(job.selection ?? {}, before)));
        text(state, STATES[job.state] ?? job.state);
        state.dataset.status = BADGES[job.state] ?? job.state;
        for (const button of buttons) button.hidden = !ACTIONS[button.dataset.action].states.includes(job.state);
        text(about, 'asked by ' + job.by + ', ' + format.time(job.at));
        bars.get(li).element.hidden = isEnded(job);
        bars.get(li).draw(done(job), job.notes, standing(job));
        text(outcome, spent(job));
        outcome.hidden = !outcome.textContent;
        drawMoves(moves, job.moved ?? [], before, after);
        log.hidden = !job.changed?.length;
        keyed(log.lastElementChild, job.changed ?? [], (change) => change.at + change.what, () => el('li', {dir: 'auto'}), (item, change) =>
          text(item, format.time(change.at) + ': ' + (DONE[change.what] ?? change.what) + (change.by ? ' by ' + change.by : '')));
        li.dataset.state = job.state;
      });
    },
  };
}

/** Notes that got another label, and how many kept theirs. */
function drawMoves(fold, moves, before, after) {
  const others = moves.filter((move) => move.from !== move.to).sort((a, b) => b.count - a.count);
  const kept = moves.filter((move) => move.from === move.to).reduce((sum, move) => sum + move.count, 0);
  fold.hidden = moves.length === 0;
  const lines = [...others.slice(0, MOST_MOVES).map((move) => ({key: move.from + ' ' + move.to, count: move.count, words: (move.from ? before.nameOf(move.from) : 'no label') + ' → ' + (move.to ? after.nameOf(move.to) : 'undecided')})),
    ...(kept ? [{key: 'kept', count: kept, words: 'kept their label'}] : [])];
  keyed(fold.lastElementChild, lines, (line) => 'v-' + line.key, () => el('li', {dir: 'auto'}, el('strong'), el('span')), (li, line) => {
    text(li.firstElementChild, format.number(line.count) + ' ×');
    text(li.lastElementChild, line.words);
  });
}

const lower = (words) => words.charAt(0).toLowerCase() + words.slice(1);
const done = (job) => (job.judged ?? 0) + (job.unclassifiable ?? 0);

function standing(job) {
  return format.number(done(job)) + ' of ' + format.notes(job.notes)
    + (job.state === 'running' && job.perSecond ? ', ' + rate(job.perSecond) + (job.remainingSeconds ? ', about ' + spell(job.remainingSeconds) + ' left' : '') : '');
}

const rate = (perSecond) => (perSecond >= 1 ? perSecond.toFixed(1) + ' a second' : format.number(60 * perSecond) + ' a minute');

/** Of which estimate so many tokens were spent, and what came of it. */
function spent(job) {
  const used = tokensOf(job.spent);
  const planned = job.estimate?.tokens?.total;
  return [isEnded(job) ? format.notes(job.judged ?? 0) + ' judged' : null,
    job.unclassifiable ? format.number(job.unclassifiable) + ' undecided' : null,
    isEnded(job) && done(job) < job.notes ? format.number(job.notes - done(job)) + ' left as they were' : null,
    used ? format.compact(used) + ' tokens' + (planned ? ' of an estimated ' + format.compact(planned) : '') : null,
    isEnded(job) && job.startedAt && job.endedAt ? 'in ' + format.duration(Date.parse(job.endedAt) - Date.parse(job.startedAt)) : null].filter(Boolean).join(', ');
}
