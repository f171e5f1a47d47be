/** The Redis of `npm start`: one data folder, one server on it at a time, the demo people in it. */
import { resolve } from "node:path";
import { dataFolder, eraseStore } from "./data-folder.mjs";
import { dropClaim, takeClaim, updateClaim } from "./lock.mjs";
import { tryPort } from "./ports.mjs";
import { processIdentity, run } from "./processes.mjs";
import { startRedis } from "./redis-server.mjs";
import { isStopping, onStop } from "./stopper.mjs";

/** The same port at every start, when it is free: a redis-cli line from yesterday still works. */
const FAVOURITE_PORT = 6390;
const RESTART_AFTER_MS = 5000;

/**
 * @typedef {object} Store
 * @property {string} url
 * @property {string} cliLine
 * @property {string} title
 * @property {boolean} queryEngine
 * @property {(details: Record<string, any>) => void} publish tells other commands of this project more
 */

/**
 * Starts Redis on the data folder, or joins the one that `npm run redis` runs there.
 * @param {{engine: import("./redis-engine.mjs").RedisEngine, data: string, empty: boolean, fresh: boolean, port?: number}} options
 * @returns {Promise<Store>}
 */
export async function openStore({ engine, data, empty, fresh, port }) {
  const folder = dataFolder(resolve(data), { empty });
  const claim = takeClaim(folder.claim);
  if (!claim.taken) return joinStore(claim.by, fresh);
  onStop(() => dropClaim(folder.claim));
  if (claim.left) await stopLeftBehind(claim.left.details);
  if (fresh) eraseStore(folder.store);

  const start = async (/** @type {number | undefined} */ chosen) => {
    const server = await startRedis({ engine, dataFolder: folder.store, port: chosen });
    onStop(server.stop);
    server.ended.then(() => restart(server.port));
    return server;
  };
  const restart = async (/** @type {number} */ samePort) => {
    if (isStopping()) return;
    console.log(`Redis has ended. It is started again in ${RESTART_AFTER_MS / 1000} s.`);
    await new Promise((done) => setTimeout(done, RESTART_AFTER_MS));
    if (isStopping()) return;
    try {
      publish({ redis: describe(await start(samePort)) });
      console.log("Redis is back.");
    } catch (error) {
      console.log(`Redis does not start again: ${/** @type {Error} */ (error).message}`);
    }
  };
  /** @type {Record<string, any>} */
  let details = {};
  const publish = (/** @type {Record<string, any>} */ more) => {
    details = { ...details, ...more };
    updateClaim(folder.claim, details);
  };
  const server = await start(port ?? (await tryPort(FAVOURITE_PORT))).catch((error) => {
    // For example data that was written with the Query Engine, and now there is a Redis without it.
    throw new Error(
      `${error.message}\nIf its data in ${folder.store} is the reason, begin anew with --fresh.`,
    );
  });
  publish({ redis: describe(server) });
  const search = server.queryEngine ? "with the Query Engine" : "without the Query Engine: no FT.* search";
  const title = `Redis ${server.version} ${search}, ${server.url}`;
  return { url: server.url, cliLine: server.cliLine, title, queryEngine: server.queryEngine, publish };
}

/** @param {import("./redis-server.mjs").RedisServer} server */
function describe({ url, cliLine, pid, version, queryEngine }) {
  return { url, cliLine, version, queryEngine, pid, identity: pid && processIdentity(pid) };
}

/**
 * @param {import("./lock.mjs").Claim} holder
 * @param {boolean} fresh
 * @returns {Store}
 */
function joinStore({ pid, details }, fresh) {
  const stopIt = `Stop it with Ctrl-C where it runs, or with: kill ${pid}`;
  if (details.console)
    throw new Error(`The console is already running at ${details.console.url} (process ${pid}). ${stopIt}`);
  if (!details.redis)
    throw new Error(`Another start is under way (process ${pid}). Wait for it, or stop it: kill ${pid}`);
  if (fresh) throw new Error(`The store is in use by process ${pid}, so it cannot begin anew. ${stopIt}`);
  const { url, cliLine, version, queryEngine } = details.redis;
  return {
    url,
    cliLine,
    queryEngine,
    title: `Redis ${version} of process ${pid}, ${url}`,
    publish: () => {},
  };
}

/**
 * A start that was killed, together with the guards of its servers, has left these. The identity proves that
 * they are the very processes it started.
 * @param {Record<string, any>} details
 */
async function stopLeftBehind(details) {
  for (const { pid, identity } of [details.console ?? {}, details.redis ?? {}]) {
    if (!pid || processIdentity(pid) !== identity) continue;
    process.kill(pid, "SIGTERM");
    for (let waited = 0; processIdentity(pid) === identity; waited += 50) {
      if (waited === 2000) process.kill(pid, "SIGKILL");
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/**
 * Puts the demo people into the store once, and at every start their request counters, which live a day at most.
 * @param {{root: string, url: string, secret: string}} options
 * @param {(text: string) => void} note
 */
export async function seedDemo({ root, url, secret }, note) {
  const env = {
    ...process.env,
    REDIS_URL: url,
    CONSOLE_REDIS_URL: "",
    CONSOLE_SECRET: secret,
    CONSOLE_DEMO: "1",
  };
  const args = ["--import", "tsx", "scripts/demo/seed.ts"];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root, env });
  if (code !== 0) throw new Error(`The demo people could not be made:\n${(stderr || stdout).trim()}`);
  note(stdout.trim().split("\n").at(-1) ?? "");
}
