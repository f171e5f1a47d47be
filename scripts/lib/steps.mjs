/** Prints what is being done, and how long it took. */

const isTerminal = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
const paint = (/** @type {number} */ color, /** @type {string} */ text) =>
  isTerminal ? `\x1b[${color}m${text}\x1b[0m` : text;

/** A step shorter than this is announced only by its end. */
const ANNOUNCE_AFTER_MS = 700;
const NAME_WIDTH = 14;

/** @param {number} ms */
export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * @param {string} mark
 * @param {string} name
 * @param {string} time
 * @param {string} note
 */
function print(mark, name, time, note) {
  console.log(`${mark} ${name.padEnd(NAME_WIDTH)} ${time.padStart(7)}  ${note}`.trimEnd());
}

/**
 * Runs one step and prints its name, its time and what it has to say.
 * @template T
 * @param {string} name
 * @param {(note: (text: string) => void) => Promise<T> | T} work `note` sets the words printed behind the time
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const start = performance.now();
  let note = "";
  const announcement = setTimeout(() => print(paint(2, "·"), name, "…", note), ANNOUNCE_AFTER_MS);
  try {
    const result = await work((text) => {
      note = text;
    });
    print(paint(32, "✓"), name, formatSeconds(performance.now() - start), note);
    return result;
  } catch (error) {
    print(paint(31, "✗"), name, formatSeconds(performance.now() - start), "failed");
    throw error;
  } finally {
    clearTimeout(announcement);
  }
}
