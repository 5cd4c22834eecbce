// Numbers and times as people read them; one language, so that page, report and paper agree.
const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const moment = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});

export const number = (value) => whole.format(Math.round(value));
export const compact = (value) => (value < 10000 ? number(value) : short.format(value));
export const percent = (share) => (100 * share).toFixed(1) + ' %';
export const interval = (i) => (100 * i.low).toFixed(1) + '–' + (100 * i.high).toFixed(1);
export const time = (iso) => (iso ? moment.format(new Date(iso)) : '');
export const notes = (count) => number(count) + (count === 1 ? ' note' : ' notes');

/** How long, given in milliseconds. */
export function duration(millis) {
  if (millis < 1000) return Math.round(millis) + ' ms';
  if (millis < 120_000) return (millis / 1000).toFixed(millis < 10_000 ? 1 : 0) + ' s';
  return millis < 7_200_000 ? Math.round(millis / 60_000) + ' min' : (millis / 3_600_000).toFixed(1) + ' h';
}

/** The parts of a text, those covered by evidence flagged. Offsets count Unicode code points, JavaScript counts UTF-16. */
export function parts(text, field, evidence) {
  const points = Array.from(text);
  const ranges = evidence
    .filter((e) => e.field === field && e.start < e.end && e.end <= points.length)
    .map((e) => [e.start, e.end])
    .sort((a, b) => a[0] - b[0]);
  const found = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) found.push({text: points.slice(at, from).join(''), marked: false});
    found.push({text: points.slice(from, end).join(''), marked: true});
    at = end;
  }
  if (at < points.length) found.push({text: points.slice(at).join(''), marked: false});
  return found;
}

const thisYear = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});
const otherYear = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});

/** A time in little room: with its hour in this year, else with its year. */
export function shortTime(iso) {
  if (!iso) return '';
  const date = new Date(iso);
  return (date.getFullYear() === new Date().getFullYear() ? thisYear : otherYear).format(date);
}
