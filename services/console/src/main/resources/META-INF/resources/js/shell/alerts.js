// What people are told of now, above everything else.
import {ask} from '../lib/api.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

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
    keyed(list, raised, (alert) => 'a-' + alert.id, () => el('li', {}, el('strong'), ' ', el('span'), ' ', el('time')), (li, alert) => {
      const [rule, summary, since] = li.children;
      li.title = alert.condition;
      text(rule, alert.rule);
      text(summary, alert.summary);
      since.setAttribute('datetime', alert.raisedAt);
      text(since, 'since ' + format.time(alert.raisedAt));
    });
    fold();
  };
}
