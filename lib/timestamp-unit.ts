/** In which unit somebody wrote a timestamp that should be unix seconds. */

/** 1e11 seconds are the year 5138; the same number as milliseconds is 1973. */
const MILLISECONDS_FROM = 1e11;
const MICROSECONDS_FROM = 1e14;

/** @returns null for what is no time in either */
export function timestampUnit(value: number): "seconds" | "milliseconds" | null {
  if (value < 0 || value >= MICROSECONDS_FROM) return null;
  return value >= MILLISECONDS_FROM ? "milliseconds" : "seconds";
}
