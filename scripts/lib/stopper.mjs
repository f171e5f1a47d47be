/** What one script has started, to be stopped together, last started first stopped. */
import { readFileSync } from "node:fs";
import { endRunning } from "./processes.mjs";

/** All must be over within two seconds; the guards clear up what a hanging stop leaves. */
const PATIENCE_MS = 1900;

/** @type {(() => unknown)[]} */
const stops = [];
/** @type {Promise<void> | undefined} */
let stopping;

/** @param {() => unknown} stop */
export function onStop(stop) {
  stops.push(stop);
}

/** @returns {boolean} whether everything is being stopped just now */
export function isStopping() {
  return stopping !== undefined;
}

/** @returns {Promise<void>} when all is stopped */
export function stopAll() {
  stopping ??= (async () => {
    await endRunning();
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch {
        // The others are to be stopped all the same.
      }
    }
  })();
  return stopping;
}

/**
 * Runs a script's main function so that Ctrl-C, SIGTERM, a closed terminal, an error and a killed `npm` each
 * stop all that it started.
 * @param {() => Promise<unknown>} main
 */
export async function runMain(main) {
  const finish = (/** @type {number} */ code) => {
    setTimeout(() => process.exit(code), PATIENCE_MS).unref();
    return stopAll().then(() => process.exit(code));
  };
  const signals = /** @type {const} */ ([
    ["SIGINT", 2],
    ["SIGTERM", 15],
    ["SIGHUP", 1],
  ]);
  for (const [signal, number] of signals) process.on(signal, () => finish(128 + number));
  if (process.env.npm_lifecycle_event) endWithParent(() => finish(143));
  try {
    await main();
    await finish(Number(process.exitCode ?? 0));
  } catch (error) {
    // An error on the way down is only the noise of stopping.
    if (!isStopping())
      console.error(`\n${error instanceof Error && !process.env.DEBUG ? error.message : error}`);
    await finish(1);
  }
}

/**
 * npm runs a script through a shell. A SIGKILL to npm reaches neither, and a SIGTERM sometimes only the shell:
 * a change among the ancestors tells of both.
 * @param {() => unknown} finish
 */
function endWithParent(finish) {
  const born = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === born) return;
    clearInterval(timer);
    finish();
  }, 100);
  timer.unref();
}

/** @returns {string} the ids of the parent and, where the system tells, of its parent */
function ancestors() {
  const parent = process.ppid;
  try {
    // The name in parentheses may hold spaces; the second word after it is the parent's id.
    const grandparent = readFileSync(`/proc/${parent}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1];
    return `${parent} ${grandparent}`;
  } catch {
    return String(parent);
  }
}
