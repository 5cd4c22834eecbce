// Light, dark, or as the system has it; kept in this browser.
import {el, text} from '../lib/dom.js';

const ORDER = ['auto', 'light', 'dark'];
const LOOKS = {auto: ['◐', 'as the system'], light: ['☀', 'light'], dark: ['☾', 'dark']};
const KEY = 'rationale.theme';

/** The button that goes through the themes; calls back when the colours may have changed. */
export function themeButton(onChange) {
  let chosen = document.documentElement.dataset.theme ?? 'auto';
  const icon = el('span', {'aria-hidden': 'true'});
  const button = el('button', {type: 'button', class: 'plain', id: 'theme'}, icon);
  const draw = () => {
    text(icon, LOOKS[chosen][0]);
    button.title = 'Theme: ' + LOOKS[chosen][1];
    button.setAttribute('aria-label', button.title);
  };
  button.addEventListener('click', () => {
    chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length];
    if (chosen === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Then it holds for this visit.
    }
    draw();
    onChange();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', onChange);
  draw();
  return button;
}
