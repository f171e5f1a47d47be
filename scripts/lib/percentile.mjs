/**
 * @param {readonly number[]} values
 * @param {number} share 0.5 is the median, 1 the largest
 * @returns {number} NaN of no values
 */
export function percentile(values, share) {
  const at = Math.min(values.length - 1, Math.floor(values.length * share));
  return values.toSorted((a, b) => a - b)[at] ?? Number.NaN;
}
