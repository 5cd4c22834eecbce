// How many notes are decided a minute, counted from the live events.
const SECONDS = 60;

/** `count(decisions)` as they come, `of(sources)` which are counted (none: all); `onRate({perMinute, watched, bars})` each second. */
export function rate(onRate) {
  let seconds = [0];
  let sources = [];
  let first = true;
  const tell = () => {
    const watched = seconds.length;
    const sum = seconds.reduce((a, b) => a + b, 0);
    onRate({perMinute: (60 * sum) / watched, watched, bars: seconds});
  };
  const timer = setInterval(() => {
    tell();
    seconds.push(0);
    if (seconds.length > SECONDS) seconds.shift();
  }, 1000);
  return {
    of(chosen) {
      if (!first && chosen.join('\n') === sources.join('\n')) return;
      first = false;
      sources = chosen;
      seconds = [0];
    },
    count(decisions) {
      seconds[seconds.length - 1] += decisions.filter((decision) => decision.type !== 'reviewed'
        && (sources.length === 0 || sources.includes(decision.source))).length;
    },
    stop: () => clearInterval(timer),
  };
}
