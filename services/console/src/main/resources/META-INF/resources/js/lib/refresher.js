// Keeps what is shown up to date without flooding the console.
const RETRY = 3000;

/**
 * Runs `work(signal)` one at a time. `now()` runs it at once and drops a run that is under way, as its answer is no
 * longer wanted; `soon()` runs it when the last run is `gap` milliseconds old and the page is seen, however often it is
 * called meanwhile; `stop()` ends it. `onFailure(error)` says whether to try again by itself a few seconds later;
 * `onDone()` follows a run that went well.
 */
export function refresher(work, {gap = 250, onFailure = () => false, onDone = () => {}} = {}) {
  let running = null;
  let due = false;
  let timer = null;
  let endedAt = -Infinity;
  let stopped = false;

  const run = async () => {
    clearTimeout(timer);
    timer = null;
    due = false;
    const mine = new AbortController();
    running = mine;
    let again = false;
    try {
      await work(mine.signal);
      if (running === mine) onDone();
    } catch (error) {
      if (running === mine) again = onFailure(error);
    }
    if (running !== mine) return;
    running = null;
    endedAt = performance.now();
    if (due) plan(gap);
    else if (again) plan(RETRY);
  };
  const plan = (wait) => {
    due = true;
    if (stopped || running || timer !== null || document.hidden) return;
    timer = setTimeout(run, Math.max(0, endedAt + wait - performance.now()));
  };
  const seen = () => {
    if (!document.hidden && due) plan(gap);
  };
  document.addEventListener('visibilitychange', seen);

  return {
    now() {
      running?.abort();
      if (!stopped) run();
    },
    soon: () => plan(gap),
    stop() {
      stopped = true;
      running?.abort();
      running = null;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
