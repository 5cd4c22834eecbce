// Asks the console.
import {refused as sessionRefused} from './session.js';

const PATIENCE = 1000;

/** The console said no; the message is its own sentence. */
export class Refused extends Error {
  constructor(status, detail, problem = {}) {
    super(detail);
    this.status = status;
    this.problem = problem;
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) sessionRefused();
  return new Refused(answer.status, problem.detail ?? 'The console answered ' + answer.status + '.', problem);
}

/** GET; the JSON answered, and with `tagged` {value, tag}, where tag is the ETag of what may be changed. While the console's stores restore it says 503, and is asked again until it answers. */
export async function ask(path, {signal, onWait, accept = 'application/json', tagged = false} = {}) {
  for (;;) {
    const answer = await fetch('api/v1/' + path, {signal, headers: {accept}});
    if (answer.ok) {
      const value = accept === 'application/json' ? await answer.json() : await answer.text();
      return tagged ? {value, tag: answer.headers.get('etag')} : value;
    }
    const refused = await refusal(answer);
    if (answer.status !== 503) throw refused;
    onWait?.(refused.message);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    signal?.throwIfAborted();
  }
}

/** POST of a JSON body; the JSON answered, as `ask` does. `match` is the tag of what is changed. Never sent again by itself. */
export async function send(path, body, {signal, match, tagged = false} = {}) {
  const answer = await fetch('api/v1/' + path, {
    method: 'POST', signal, body: JSON.stringify(body ?? {}),
    headers: {accept: 'application/json', 'content-type': 'application/json', ...(match ? {'if-match': match} : {})},
  });
  if (!answer.ok) throw await refusal(answer);
  const words = await answer.text();
  const value = words ? JSON.parse(words) : null;
  return tagged ? {value, tag: answer.headers.get('etag')} : value;
}
