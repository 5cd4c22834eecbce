// What a reclassification takes, before it is begun.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {spell} from './asked.js';

const money = ({amount, currency}) => (amount < .01 && amount > 0 ? 'less than 0.01' : amount.toFixed(2)) + ' ' + currency;

/** The whole of it in a sentence. */
export function estimateWords({tokens, seconds, money: price}) {
  return 'About ' + format.compact(tokens.total) + ' tokens' + (tokens.low === undefined ? '' : ' (' + format.compact(tokens.low) + ' to ' + format.compact(tokens.high) + ')')
    + (seconds === undefined || seconds === null ? '' : ', ' + spell(seconds) + ' at the rate measured so far') + (price ? ', ' + money(price) : '') + '.';
}

/** `element`, `draw(answer)`, `wait()` while it is asked for, `none()`. */
export function estimate() {
  const tile = (name) => {
    const value = el('dd');
    const hint = el('dd', {class: 'hint'});
    return {div: el('div', {}, el('dt', {}, name), value, hint), set: (words, more = '') => { text(value, words); text(hint, more); }};
  };
  const [notes, tokens, time, cost] = ['Notes', 'Tokens', 'Time', 'Money'].map(tile);
  const basis = el('p', {class: 'quiet'});
  const element = el('section', {class: 'estimate', 'aria-label': 'Estimate', 'aria-busy': 'true'}, el('dl', {class: 'review-figures'}, [notes, tokens, time, cost].map(({div}) => div)), basis);
  return {
    element,
    wait() {
      element.setAttribute('aria-busy', 'true');
      text(basis, 'Estimating…');
    },
    none() {
      element.setAttribute('aria-busy', 'false');
      for (const each of [notes, tokens, time, cost]) each.set('–');
      text(basis, '');
    },
    draw(answer) {
      element.setAttribute('aria-busy', 'false');
      const {tokens: spent, basis: of} = answer;
      notes.set(format.number(answer.notes), answer.already ? format.number(answer.already) + (answer.notes ? ' more' : '') + (answer.already === 1 ? ' is' : ' are') + ' judged already' : '');
      if (answer.notes === 0) {
        for (const each of [tokens, time, cost]) each.set('–');
        return text(basis, '');
      }
      tokens.set(format.compact(spent.total), spent.low === undefined ? '' : format.compact(spent.low) + ' to ' + format.compact(spent.high));
      time.set(answer.seconds === undefined || answer.seconds === null ? '–' : spell(answer.seconds), answer.seconds === undefined || answer.seconds === null ? 'no rate is measured yet' : 'when R1 has nothing else to do');
      cost.set(answer.money ? money(answer.money) : '–', answer.money ? '' : 'no price is configured');
      text(basis, of?.notes ? 'Computed from ' + (of.notes === 1 ? 'the verdict' : 'the verdicts') + ' of ' + format.notes(of.notes) + (of.perNote ? ', ' + format.number(of.perNote) + ' tokens each' : '') + '.' : '');
    },
  };
}
