// The view of the system: what judges, what counts, and the letters that nobody could read.
import {el} from '../lib/dom.js';
import {letters} from './letters.js';
import {status} from './status.js';

export const KEYS = [['Esc', 'Close the dead letter']];

const EVERY = 5000;

export function view(root, context) {
  const top = el('div');
  const below = el('section', {class: 'letters', 'aria-labelledby': 'letters-title'});
  root.replaceChildren(el('h1', {}, 'System'), top, below);
  const draw = status(top);
  const dead = letters(below, context);
  let spoken = null;

  const loading = context.refresher(async (signal) => {
    const now = await context.ask('status', {signal});
    draw(now);
    dead.counted(now.topics?.deadLetters);
    const words = summary(now);
    if (spoken !== null && spoken !== words) context.say(words);
    spoken = words;
  });
  // A page that nobody sees asks for nothing: the refresher waits until it is seen.
  const timer = setInterval(() => loading.soon(), EVERY);
  loading.now();

  return {
    update: (place) => dead.update(place),
    live(kind) {
      if (kind === 'open') loading.soon();
    },
    key: (event) => dead.key(event),
    close() {
      clearInterval(timer);
      loading.stop();
      dead.close();
    },
  };
}

/** What a change of is worth saying aloud. */
function summary(now) {
  const endpoints = now.classifiers.filter((one) => one.alive).flatMap((one) => one.status.endpoints);
  const up = endpoints.filter((endpoint) => endpoint.state === 'up').length;
  return (now.outage ? 'No R1 endpoint takes calls. ' : '') + up + ' of ' + endpoints.length + ' R1 endpoints are up.';
}
