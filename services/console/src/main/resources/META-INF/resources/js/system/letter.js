// One dead letter: what was sent, why it failed, and the way to send it again.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {exchange} from '../notes/exchange.js';
import {from} from './letters.js';
import {size, spoken} from './words.js';

const STATES = {decided: 'decided by now', undecided: 'still undecided'};
/** Letters that were sent again from this page; a second time is a mistake more often than a wish. */
const sent = new Map();

/** Shows the letter of a key "partition:offset"; returns what closes it. */
export function letter(root, key, context, {onSent}) {
  const [partition, offset] = key.split(':');
  const path = 'dead-letters/' + encodeURIComponent(partition) + '/' + encodeURIComponent(offset ?? '');
  const heading = el('h3', {tabindex: '-1'}, 'Dead letter');
  const closeLink = el('a', {'data-route': true, class: 'letter-close', href: context.href({letter: null})}, 'Close');
  const body = el('div', {}, el('p', {class: 'waiting'}, 'Loading…'));
  root.replaceChildren(el('div', {class: 'letter-title'}, heading, closeLink), body);
  const loading = context.refresher(async (signal) => {
    try {
      const found = await context.ask(path, {signal});
      text(heading, spoken(found.reason));
      body.replaceChildren(...contents(found));
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      body.replaceChildren(el('p', {class: 'quiet'}, error.message));
    }
  });
  let dialog = null;
  loading.now();
  heading.focus({preventScroll: true});
  if (root.getBoundingClientRect().top > innerHeight - 80 || root.getBoundingClientRect().top < 0) root.scrollIntoView({block: 'start'});

  function contents(found) {
    return [
      el('p', {class: 'letter-cause', dir: 'auto'}, found.cause),
      el('pre', {class: 'letter-text', tabindex: '0', dir: 'auto', role: 'group', 'aria-label': 'What was sent'}, found.text),
      found.truncated ? el('p', {class: 'quiet'}, 'Only the beginning of ' + size(found.bytes) + ' is shown.') : null,
      again(found),
      facts(found),
      exchange(context, found.exchanges ?? []),
    ].filter(Boolean);
  }

  function again(found) {
    if (!found.resendable) {
      return el('p', {class: 'quiet'}, found.origin?.file ? 'It came from a file: correct it there and read the file again.' : 'It cannot be sent again from here.');
    }
    const result = el('p', {class: 'letter-result', role: 'status'}, sent.get(key) ?? '');
    const button = el('button', {type: 'button', class: 'button', 'data-needs': 'reviewer', disabled: sent.has(key), on: {click: () => confirm(button, result)}}, sent.has(key) ? 'Sent again' : 'Send again');
    return el('div', {class: 'letter-again'}, button, result,
      el('p', {class: 'quiet', 'data-lacks': 'reviewer'}, 'Sending it again takes the role reviewer.'));
  }

  function confirm(button, result) {
    const yes = el('button', {type: 'button', class: 'button primary', on: {click: () => { yes.disabled = true; dialog.close(); resend(button, result); }}}, 'Send again');
    const no = el('button', {class: 'button'}, 'Cancel');
    dialog = el('dialog', {class: 'sheet letter-dialog', 'aria-labelledby': 'again-title', on: {close: () => { dialog.remove(); button.focus(); }}},
      el('h2', {id: 'again-title'}, 'Send this note again?'),
      el('p', {}, 'The same bytes go to the notes topic once more, and R1 is asked again. If it is decided now, the verdict takes the place of “undecided”. What cannot be read comes back as another dead letter.'),
      el('form', {method: 'dialog', class: 'letter-choice'}, yes, no));
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  async function resend(button, result) {
    button.disabled = true;
    result.classList.remove('bad');
    text(result, 'Sending…');
    try {
      const at = await context.send(path + '/resend');
      const words = 'Sent again: ' + at.topic + ', partition ' + at.partition + ', offset ' + format.number(at.offset) + '.';
      sent.set(key, words);
      text(button, 'Sent again');
      text(result, words);
      onSent();
    } catch (error) {
      if (error.name === 'AbortError') return;
      button.disabled = false;
      result.classList.add('bad');
      text(result, error.status ? 'Not sent. ' + error.message : 'The console did not answer, so it may or may not have been sent. Look at the notes before you try again.');
    }
  }

  function facts(found) {
    const pairs = [
      ['Reason', found.reason],
      ['Note', found.noteId && el('a', {'data-route': true, href: context.href({view: 'notes', note: found.noteId})}, el('bdi', {}, found.noteId))],
      ['State', STATES[found.state]],
      ['Key', found.key],
      ['From', from(found.origin)],
      ['Size', size(found.bytes)],
      ['Since', format.time(found.at)],
      ['Place', 'partition ' + found.partition + ', offset ' + found.offset],
    ];
    return el('dl', {class: 'facts'}, pairs.filter(([, value]) => value)
      .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value instanceof Node ? value : el('bdi', {}, String(value))))));
  }

  return () => {
    loading.stop();
    if (dialog?.open) dialog.close();
  };
}
