// Durations, sizes and reasons in words.
const UNITS = [[86_400, 'd'], [3600, 'h'], [60, 'min']];
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** How long ago something was, in its largest unit. */
export function age(iso, now = Date.now()) {
  return span(Math.max(0, (now - Date.parse(iso)) / 1000));
}

/** So many seconds in the largest unit that they fill. */
export function span(seconds) {
  const [length, unit] = UNITS.find(([least]) => seconds >= least) ?? [1, 's'];
  return Math.floor(seconds / length) + ' ' + unit;
}

export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTES.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return (unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)) + ' ' + BYTES[unit];
}

/** "truncated-in-thought" as people say it. */
export function spoken(code) {
  const words = code.replaceAll('-', ' ').replace(/\b(json|utf)\b/gi, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
