// Asks the console. While its stores restore it says 503, and a second later it is asked again.
const PATIENCE = 1000;

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export async function ask(path, {signal, onWait} = {}) {
  for (;;) {
    const answer = await fetch('api/v1/' + path, {signal, headers: {accept: 'application/json'}});
    if (answer.ok) return answer.json();
    const problem = await answer.json().catch(() => ({}));
    if (answer.status !== 503) throw new Refused(answer.status, problem.detail ?? 'The console answered ' + answer.status + '.');
    onWait?.(problem.detail ?? 'The console is starting.');
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    signal?.throwIfAborted();
  }
}

/** Calls back at each change of the counts, of the alerts, and with true or false when the connection is won or lost. */
export function listen(onChange, onAlerts, onConnection) {
  const source = new EventSource('api/v1/events');
  source.addEventListener('open', () => { onConnection(true); onAlerts(); });
  source.addEventListener('statistics', () => { onConnection(true); onChange(); });
  source.addEventListener('alerts', onAlerts);
  source.addEventListener('error', () => {
    onConnection(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onChange, onAlerts, onConnection), 2000);
  });
}
