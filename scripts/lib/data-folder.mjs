/** The ignored folder in which servers keep their data between runs. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} DataFolder
 * @property {string} store the Redis data
 * @property {string} claim says which process runs on it, and how to reach it
 * @property {string} secret
 */

/**
 * @param {string} folder usually .data
 * @param {{empty: boolean}} options the demo store and the empty one are kept apart
 * @returns {DataFolder}
 */
export function dataFolder(folder, { empty }) {
  const name = empty ? "empty" : "demo";
  return {
    store: join(folder, name),
    claim: join(folder, `${name}.running.json`),
    secret: join(folder, "secret"),
  };
}

/**
 * @param {string} path
 * @returns {string} the console's secret, made at the first call and kept
 */
export function readOrMakeSecret(path) {
  if (existsSync(path)) {
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length >= 32) return secret;
  }
  mkdirSync(join(path, ".."), { recursive: true });
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/** @param {string} store */
export function eraseStore(store) {
  rmSync(store, { recursive: true, force: true });
}
