// The pickers of window and sources.
import {el, keyed, text} from './dom.js';
import {WINDOWS} from './place.js';

export function controls(container, onPick) {
  const windows = el('div', {class: 'segments', role: 'group', 'aria-label': 'Window'});
  const buttons = WINDOWS.map(([code, name]) =>
    el('button', {type: 'button', 'data-code': code, on: {click: () => onPick({window: code})}}, name));
  windows.append(...buttons);

  const chosen = el('span');
  const list = el('div', {class: 'choices'});
  const menu = el('details', {class: 'menu'}, el('summary', {}, chosen), list);
  document.addEventListener('click', (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  container.replaceChildren(windows, menu);

  let place;
  const pick = (source, wanted) => {
    const others = place.sources.filter((s) => s !== source);
    onPick({sources: wanted ? [...others, source].sort() : others});
  };
  const create = (source) => {
    const box = el('input', {type: 'checkbox', on: {change: (event) => pick(source, event.target.checked)}});
    return el('label', {}, box, el('bdi', {}, source));
  };

  return (now, sources) => {
    place = now;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.code === place.window));
    text(chosen, summary(place.sources));
    menu.classList.toggle('narrowed', place.sources.length > 0);
    const known = [...new Set([...sources, ...place.sources])].sort();
    menu.hidden = known.length === 0;
    keyed(list, known, (s) => 's-' + s, create, (label, source) => {
      label.querySelector('input').checked = place.sources.includes(source);
    });
  };
}

function summary(sources) {
  if (sources.length === 0) return 'All sources';
  return sources.length === 1 ? sources[0] : sources.length + ' sources';
}
