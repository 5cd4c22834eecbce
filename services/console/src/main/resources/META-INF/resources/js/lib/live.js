// The stream of events, and whether it still flows.
import {onSession, refused, signedIn} from './session.js';

const SILENCE = 10_000;
const PROBE = 4000;
const RETRY = 2000;
const HIDDEN = 60_000;
const KINDS = ['statistics', 'alerts', 'taxonomies', 'discoveries', 'reclassifications', 'remedies', 'reset', 'decisions'];

/**
 * Follows the console's events until the page is left: `on(kind, data)` with `open` (the connection stands, also again),
 * `statistics`, `alerts`, `taxonomies`, `discoveries`, `reclassifications`, `remedies`, `reset`, and `decisions` with a list
 * of them; `onConnection(true | false)` when it is won or lost.
 * A page that nobody has looked at for a minute lets its connection go, since a browser has only six to a server. The console
 * ends the stream of who is signed in no longer; it is opened again as soon as somebody has signed in.
 */
export function listen(on, onConnection) {
  let source = null;
  let alive = null;
  let heardAt = 0;
  let probing = false;
  let resting = null;

  const connected = (now) => {
    if (alive === now) return;
    alive = now;
    onConnection(now);
    if (now) on('open');
  };
  const heard = () => {
    heardAt = Date.now();
    connected(true);
  };
  const open = () => {
    source?.close();
    if (!signedIn()) return close();
    source = new EventSource('api/v1/events');
    source.addEventListener('open', heard);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        heard();
        const data = JSON.parse(event.data);
        on(kind, kind === 'decisions' ? data.decisions : data);
      });
    }
    source.addEventListener('error', () => {
      connected(false);
      probe(); // a refusal says nothing of its status here
    });
  };
  const close = () => {
    source?.close();
    source = null;
    alive = null;
  };

  // A server that is stopped, or a cable that is pulled, closes nothing: after a silence the console is asked whether it is there.
  const probe = async () => {
    if (probing || !source) return;
    if (alive && Date.now() - heardAt < SILENCE) return;
    probing = true;
    try {
      const answer = await fetch('api/v1/about', {signal: AbortSignal.timeout(PROBE), cache: 'no-store'});
      if (answer.status === 401) await refused();
      if (!answer.ok) return;
      if (source?.readyState === EventSource.OPEN) heard();
      else if (source?.readyState === EventSource.CLOSED) open();
    } catch {
      connected(false);
    } finally {
      probing = false;
    }
  };

  open();
  setInterval(probe, RETRY);
  addEventListener('offline', () => connected(false));
  addEventListener('online', open);
  onSession(() => {
    if (!signedIn()) close();
    else if (!source && !document.hidden) open();
  });
  document.addEventListener('visibilitychange', () => {
    clearTimeout(resting);
    if (document.hidden) {
      resting = setTimeout(close, HIDDEN);
    } else if (!source) {
      open();
    }
  });
}
