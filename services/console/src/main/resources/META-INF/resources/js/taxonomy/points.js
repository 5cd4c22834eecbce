// Differences of shares, in percentage points.

/** "+1.2"; without `signed` the number alone. */
export function points(difference, signed = true) {
  const value = 100 * difference;
  const digits = Math.abs(value).toFixed(1);
  if (!signed) return digits;
  return (digits === '0.0' ? '' : value > 0 ? '+' : '−') + digits;
}

/** The 95 % interval of a difference. */
export const span = ({low, high}) => points(low) + ' to ' + points(high);

export const list = (words) => (words.length < 2 ? words.join('') : words.slice(0, -1).join(', ') + ' and ' + words.at(-1));
