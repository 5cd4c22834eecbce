// What people are told of now, above everything else.
import {ask} from './api.js';
import {el, keyed, text} from './dom.js';

/** Draws the alerts that are raised, and again whenever it is called. */
export function alerts(container) {
  return async () => {
    const {raised} = await ask('alerts?limit=1');
    container.hidden = raised.length === 0;
    keyed(container, raised, (alert) => 'a-' + alert.id, () => el('li', {}, el('strong'), ' ', el('span'), ' ', el('time')), (li, alert) => {
      const [rule, summary, since] = li.children;
      li.title = alert.condition;
      text(rule, alert.rule);
      text(summary, alert.summary);
      since.setAttribute('datetime', alert.raisedAt);
      text(since, 'since ' + new Date(alert.raisedAt).toLocaleString());
    });
  };
}
