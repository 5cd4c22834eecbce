// The whole R1 call behind a verdict, asked for when it is opened.
import {el} from '../lib/dom.js';
import {facts} from '../lib/facts.js';
import * as format from '../lib/format.js';

/** What is folded away until somebody opens it; nothing where no exchange is known. */
export function exchange(context, pointers) {
  if (pointers.length === 0) return null;
  const body = el('div', {class: 'exchange'});
  const element = el('details', {class: 'fold'}, el('summary', {}, pointers.length === 1 ? 'The whole exchange with R1' : 'The whole exchanges with R1 (' + pointers.length + ')'), body);
  element.addEventListener('toggle', () => {
    if (element.open && !body.firstChild) open(context, body, pointers);
  });
  return element;
}

function open(context, body, pointers) {
  const content = el('div');
  const choose = async (pointer) => {
    content.replaceChildren(el('p', {class: 'quiet'}, 'Loading…'));
    try {
      const stored = await context.ask('exchanges/' + pointer.partition + '/' + pointer.offset);
      content.replaceChildren(...shown(stored, pointer));
    } catch (error) {
      content.replaceChildren(el('p', {class: 'quiet'}, error.status === 404 ? 'It is not kept any more.' : error.message));
    }
  };
  if (pointers.length > 1) {
    body.append(el('label', {class: 'field'}, el('span', {}, 'Call'), el('select', {on: {change: (event) => choose(pointers[event.target.value])}},
      pointers.map((pointer, i) => el('option', {value: i}, i + 1 + ' of ' + pointers.length + ' · ' + pointer.id)))));
  }
  body.append(content);
  choose(pointers[0]);
}

/** Parts of a stored exchange as tabs; all of it is text, as it was sent and received. `pointer` is where a verdict says that it stands. */
export function shown(stored, pointer) {
  const call = stored.exchange;
  const parts = [
    ['Reasoning', call.reasoning],
    ['Answer', call.content],
    ['Prompt', prompt(call.request)],
    ['Request', call.request],
    ['Raw response', call.response],
  ].filter(([, value]) => value);
  const text = el('pre', {class: 'text raw', tabindex: '0', dir: 'auto', role: 'region', 'aria-label': 'Exchange'});
  const buttons = parts.map(([name, value]) => el('button', {type: 'button', on: {click: () => show(name, value)}}, name));
  const show = (name, value) => {
    text.textContent = value;
    text.scrollTop = 0;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.textContent === name));
  };
  if (parts.length) show(...parts[0]);
  return [
    facts([
      ['Outcome', [call.outcome, call.status && 'HTTP ' + call.status].filter(Boolean).join(' · ')],
      ['Began', format.time(call.startedAt)],
      ['First payload', call.firstPayloadMillis !== undefined && format.duration(call.firstPayloadMillis)],
      ['Took', call.totalMillis !== undefined && format.duration(call.totalMillis)],
      ['Notes', call.noteIds?.length],
      ['Endpoint', call.endpoint],
      ['Stored at', stored.topic + ' ' + stored.partition + '/' + stored.offset],
      ['SHA-256', pointer?.sha256 && (pointer.sha256 === stored.sha256 ? 'the one that the verdict names' : 'not the one that the verdict names')],
    ]),
    el('div', {class: 'segments small', role: 'group', 'aria-label': 'Part of the exchange'}, buttons),
    text,
  ];
}

/** What R1 was told, with its line breaks; nothing when the request cannot be read. */
function prompt(request) {
  try {
    const {messages, prompt: plain} = JSON.parse(request);
    return messages ? messages.map((message) => message.role + ':\n' + message.content).join('\n\n') : plain;
  } catch {
    return null;
  }
}
