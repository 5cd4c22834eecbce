// Asks the console.
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
  return new Refused(answer.status, problem.detail ?? 'The console answered ' + answer.status + '.', problem);
}

/** GET; the JSON answered. While the console's stores restore it says 503, and is asked again until it answers. */
export async function ask(path, {signal, onWait, accept = 'application/json'} = {}) {
  for (;;) {
    const answer = await fetch('api/v1/' + path, {signal, headers: {accept}});
    if (answer.ok) return accept === 'application/json' ? answer.json() : answer.text();
    const refused = await refusal(answer);
    if (answer.status !== 503) throw refused;
    onWait?.(refused.message);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    signal?.throwIfAborted();
  }
}

/** POST of a JSON body; the JSON answered. Never sent again by itself. */
export async function send(path, body, {signal} = {}) {
  const answer = await fetch('api/v1/' + path, {
    method: 'POST', signal, headers: {accept: 'application/json', 'content-type': 'application/json'}, body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}
