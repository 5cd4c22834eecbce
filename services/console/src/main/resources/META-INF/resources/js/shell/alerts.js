// What people are told of now, above everything else.
import {ask} from '../lib/api.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {url} from '../lib/place.js';

const AT_ONCE = 2;

/** Draws the alerts that are raised, whenever it is called. More than two are one line, to be opened. */
export function alerts(container) {
  const list = el('ul', {role: 'alert'});
  const words = el('span');
  const button = el('button', {type: 'button', class: 'toggle', 'aria-expanded': 'false', hidden: true}, words);
  container.replaceChildren(button, list);
  let open = false;
  let count = 0;
  const fold = () => {
    const many = count > AT_ONCE;
    button.hidden = !many;
    button.setAttribute('aria-expanded', String(open));
    list.hidden = many && !open;
    container.hidden = count === 0;
  };
  button.addEventListener('click', () => {
    open = !open;
    fold();
  });

  return async (signal) => {
    const {raised} = await ask('alerts?limit=1', {signal});
    count = raised.length;
    text(words, count + ' alerts: ' + [...new Set(raised.map((alert) => alert.rule))].join(', '));
    keyed(list, raised, (alert) => 'a-' + alert.id, () => el('li', {}, el('strong'), ' ', el('span'), ' ', el('time'), ' ', el('a', {'data-route': true}, 'Find patterns in these notes')), (li, alert) => {
      const [rule, summary, since, find] = li.children;
      li.title = alert.condition;
      text(rule, alert.rule);
      text(summary, alert.summary);
      since.setAttribute('datetime', alert.raisedAt);
      text(since, 'since ' + format.time(alert.raisedAt));
      find.hidden = !alert.suggestion?.discovery;
      if (!find.hidden) find.setAttribute('href', patterns(alert.suggestion.discovery));
    });
    fold();
  };
}

/** The form that asks for patterns, filled in as the alert suggests. */
function patterns({category, maxAgreement, since, from, until, to, window, source, taxonomy}) {
  const one = (value) => (value === undefined || value === null ? [] : [value].flat());
  return url({
    view: 'taxonomy', part: 'patterns', window: window ?? 'all', from: since ?? from ?? null, to: until ?? to ?? null, sources: one(source),
    categories: one(category), maxAgreement: maxAgreement === undefined || maxAgreement === null ? null : String(maxAgreement), under: taxonomy ?? null,
  });
}
