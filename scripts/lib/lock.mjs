/** A file that says which process is at work, so that two of them do not do the same thing at once. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity } from "./processes.mjs";

/**
 * @typedef {object} Claim
 * @property {number} pid
 * @property {string} identity tells the process from a later one with the same id
 * @property {Record<string, any>} details
 */

/**
 * Takes the file for this process, unless a living process has it.
 * @param {string} path
 * @param {Record<string, any>} [details]
 * @returns {{taken: true, left?: Claim} | {taken: false, by: Claim}} `left`: the claim of a process that is gone
 */
export function takeClaim(path, details = {}) {
  mkdirSync(dirname(path), { recursive: true });
  /** @type {Claim | undefined} */
  let left;
  for (;;) {
    const mine = `${path}.${process.pid}`;
    writeFileSync(mine, asText(details), { mode: 0o600 });
    try {
      // A link appears with its content or not at all, and only one process can make it.
      linkSync(mine, path);
      return { taken: true, left };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    } finally {
      rmSync(mine, { force: true });
    }
    const holder = readClaim(path);
    if (holder && isHeld(holder)) return { taken: false, by: holder };
    left = holder;
    removeStale(path, holder);
  }
}

/**
 * Moves the file of a dead process away. Somebody else may just have done so and put a claim of their own in
 * its place; then that is what was moved, and it goes back.
 * @param {string} path
 * @param {Claim} [dead]
 */
function removeStale(path, dead) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    const moved = readClaim(aside);
    if (moved && moved.identity !== dead?.identity) linkSync(aside, path);
  } catch {
    // Already gone, or already claimed anew: the next round sees what is so.
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * @param {string} path
 * @param {Record<string, any>} details what others may want to know
 */
export function updateClaim(path, details) {
  writeFileSync(path, asText(details), { mode: 0o600 });
}

/** @param {string} path */
export function dropClaim(path) {
  if (readClaim(path)?.pid === process.pid) rmSync(path, { force: true });
}

/**
 * @param {string} path
 * @returns {Claim | undefined}
 */
export function readClaim(path) {
  try {
    const claim = JSON.parse(readFileSync(path, "utf8"));
    return typeof claim.pid === "number" ? claim : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Claim} claim */
export function isHeld(claim) {
  return processIdentity(claim.pid) === claim.identity;
}

/**
 * Does the work while nobody else does; waits for whoever is at it.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  while (!takeClaim(path).taken) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    return await work();
  } finally {
    dropClaim(path);
  }
}

/** @param {Record<string, any>} details */
function asText(details) {
  return `${JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid), details })}\n`;
}
