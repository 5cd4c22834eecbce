// The pickers of window and sources.
import {el, keyed, text} from '../lib/dom.js';
import {menu} from '../lib/menu.js';
import {WINDOWS} from '../lib/place.js';
import {range} from './range.js';

const MANY = 8;

/** `place(place)` shows what is picked, `sources(list)` what there is; `onPick(changes)` of the place. */
export function controls(container, onPick) {
  const windows = el('div', {class: 'segments', role: 'group', 'aria-label': 'Window'});
  const buttons = WINDOWS.map(([code, name]) =>
    el('button', {type: 'button', 'data-code': code, on: {click: () => onPick({window: code, from: null, to: null})}}, name));
  const custom = range(onPick);
  windows.append(...buttons);

  const search = el('input', {type: 'search', placeholder: 'Find a source', 'aria-label': 'Find a source', autocomplete: 'off', on: {input: () => narrow()}});
  const list = el('div', {class: 'options', role: 'group', 'aria-label': 'Sources'});
  const none = el('p', {class: 'quiet', hidden: true}, 'No such source.');
  const clear = el('button', {type: 'button', class: 'link', on: {click: () => onPick({sources: []})}}, 'All sources');
  const picker = menu('sources', search, list, none, clear);
  container.replaceChildren(windows, custom.element, picker.element);

  let now;
  let known = [];
  const pick = (source, wanted) => {
    const others = now.sources.filter((s) => s !== source);
    onPick({sources: wanted ? [...others, source].sort() : others});
  };
  const create = (source) => {
    const box = el('input', {type: 'checkbox', on: {change: (event) => pick(source, event.target.checked)}});
    return el('label', {}, box, el('bdi', {}, source));
  };
  const narrow = () => {
    const wanted = search.value.trim().toLowerCase();
    let left = 0;
    for (const label of list.children) {
      label.hidden = !label.textContent.toLowerCase().includes(wanted);
      if (!label.hidden) left++;
    }
    none.hidden = left > 0;
  };
  const draw = () => {
    const all = [...new Set([...known, ...now.sources])].sort();
    picker.element.hidden = all.length === 0;
    search.hidden = all.length <= MANY;
    clear.hidden = now.sources.length === 0;
    keyed(list, all, (s) => 's-' + s, create, (label, source) => {
      label.querySelector('input').checked = now.sources.includes(source);
    });
    narrow();
  };

  return {
    place(place) {
      now = place;
      for (const button of buttons) button.setAttribute('aria-pressed', String(!place.from && button.dataset.code === place.window));
      custom.place(place);
      picker.label(summary(place.sources), place.sources.length > 0);
      draw();
    },
    sources(list) {
      known = list;
      if (now) draw();
    },
  };
}

function summary(sources) {
  if (sources.length === 0) return 'All sources';
  return sources.length === 1 ? sources[0] : sources.length + ' sources';
}
