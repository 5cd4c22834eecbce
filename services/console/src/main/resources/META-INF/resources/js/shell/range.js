// A range of days of one's own, instead of a window.
import {el} from '../lib/dom.js';
import {menu} from '../lib/menu.js';
import * as format from '../lib/format.js';

/** `element` and `place(place)`; `onPick({from, to})` with instants, `to` exclusive; times are the reader's. */
export function range(onPick) {
  const from = el('input', {type: 'datetime-local', required: true, step: 60});
  const to = el('input', {type: 'datetime-local', step: 60});
  const wrong = el('p', {class: 'wrong', role: 'alert', hidden: true}, 'The range ends before it begins.');
  const form = el('form', {class: 'range'},
    el('label', {}, el('span', {}, 'From'), from),
    el('label', {}, el('span', {}, 'To, or until now'), to),
    wrong,
    el('button', {class: 'primary'}, 'Show this range'));
  const picker = menu('range', form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const begins = new Date(from.value);
    const ends = to.value ? new Date(to.value) : null;
    wrong.hidden = !ends || ends > begins;
    if (!wrong.hidden) return;
    picker.close();
    onPick({from: begins.toISOString(), to: ends?.toISOString() ?? null});
  });
  return {
    element: picker.element,
    place(place) {
      from.value = local(place.from);
      to.value = local(place.to);
      wrong.hidden = true;
      picker.label(place.from ? format.time(place.from) + ' – ' + (place.to ? format.time(place.to) : 'now') : 'Range…', Boolean(place.from));
    },
  };
}

function local(iso) {
  if (!iso) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - 60_000 * date.getTimezoneOffset()).toISOString().slice(0, 16);
}
