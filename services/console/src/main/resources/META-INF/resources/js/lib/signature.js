// Who does something: who has signed in; where nobody needs to, the name is asked once, beside what it stands for, and kept
// in this browser.
import {isGiven, remember, reviewer} from '../reviews/reviewer.js';
import {el, text} from './dom.js';

const LONGEST = 200;
let count = 0;

/** `element` to place; `name()` is who signs, or null after the field has said what is missing. */
export function signature() {
  const id = 'signature-' + ++count;
  const field = el('input', {id, type: 'text', maxlength: String(LONGEST), autocomplete: 'name', dir: 'auto', 'aria-describedby': id + '-hint'});
  const wrong = el('p', {class: 'wrong', role: 'alert', hidden: true}, 'This needs a name: write yours.');
  const asked = el('div', {class: 'signature-asks'}, el('label', {for: id}, 'Your name'), field,
    el('p', {class: 'quiet', id: id + '-hint'}, 'It stands beside what you do. This browser remembers it.'), wrong);
  const who = el('bdi');
  const other = el('button', {type: 'button', class: 'link', on: {click: () => change()}}, 'change');
  const known = el('p', {class: 'quiet signature-known'}, 'as ', who, ' ', other);
  const element = el('div', {class: 'signature'}, asked, known);
  const draw = (asking = !reviewer()) => {
    asked.hidden = !asking;
    known.hidden = asking;
    other.hidden = isGiven();
    text(who, reviewer());
  };
  const change = () => {
    field.value = reviewer();
    draw(true);
    field.focus();
  };
  draw();
  return {
    element,
    name() {
      if (!asked.hidden) {
        wrong.hidden = Boolean(field.value.trim());
        if (!wrong.hidden) {
          field.focus();
          return null;
        }
        remember(field.value);
      }
      draw();
      return reviewer();
    },
    /** The name may have been given elsewhere on the page. */
    refresh: () => { if (!asked.hidden && !field.value) draw(); },
  };
}
