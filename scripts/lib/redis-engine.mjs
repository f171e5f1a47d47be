/** Finds a Redis 8 to run, best first: here with the Query Engine, in Docker, fetched, here without it. */
import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "./processes.mjs";
import { dockerAnswers, REDIS_IMAGE } from "./redis-docker.mjs";
import { fetchEngine, fetchedEngine } from "./redis-fetch.mjs";
import { findOnPath } from "./which.mjs";

/**
 * @typedef {object} RedisEngine
 * @property {"local" | "docker" | "fetched"} kind
 * @property {string} server the program to run (for Docker, docker itself)
 * @property {string} [cli] the redis-cli that belongs to it, when there is one
 * @property {string} [module] the Query Engine to load, when it is a file of its own
 * @property {string} [image] the Docker image
 * @property {boolean} queryEngine
 * @property {string} title how to name it to people
 */

const WAYS_TO_GET_ONE = `No Redis 8 could be found or fetched. Any one of these will do:
  - set REDIS_URL to a Redis 8 that is already running, for example REDIS_URL=redis://127.0.0.1:6379
  - install Docker and start it (the image ${REDIS_IMAGE} is then used)
  - put a redis-server of version 8 on the PATH (redis.io/docs/latest/operate/oss_and_stack/install)
  - on Debian: have a network; the engine is then fetched by itself`;

/**
 * @param {{log?: (line: string) => void, fetch?: boolean}} [options] `fetch: false` looks, but downloads nothing
 * @returns {Promise<RedisEngine>}
 */
export async function findEngine({ log = () => {}, fetch = true } = {}) {
  const local = await localEngine();
  if (local?.queryEngine) return local;
  const cached = fetchedEngine();
  if (cached) return asEngine(cached);
  if (findOnPath("docker") && (await dockerAnswers())) {
    const title = `${REDIS_IMAGE} in Docker`;
    return { kind: "docker", server: "docker", image: REDIS_IMAGE, queryEngine: true, title };
  }
  let problem = "";
  if (fetch) {
    try {
      const fetched = await fetchEngine(log);
      if (fetched.module || !local) return asEngine(fetched);
    } catch (error) {
      problem = /** @type {Error} */ (error).message;
      log(`could not be fetched: ${problem}`);
    }
  }
  if (local) return local;
  const plain = fetchedEngine({ plain: true });
  if (plain) return asEngine(plain);
  throw new Error(problem ? `${WAYS_TO_GET_ONE}\n(fetching failed: ${problem})` : WAYS_TO_GET_ONE);
}

/**
 * @param {import("./redis-fetch.mjs").FetchedEngine} files
 * @returns {RedisEngine}
 */
function asEngine(files) {
  const queryEngine = files.module !== undefined;
  const reason = files.problem ? ` (not to be had: ${files.problem})` : "";
  const title = `Redis 8 ${queryEngine ? "with" : "without"} the Query Engine${reason}, from the cache folder`;
  return { kind: "fetched", server: files.server, cli: files.cli, module: files.module, queryEngine, title };
}

/** @returns {Promise<RedisEngine | undefined>} the redis-server on the PATH, when it is version 8 or later */
async function localEngine() {
  const server = findOnPath("redis-server");
  if (!server) return undefined;
  const { stdout } = await run(server, ["--version"], { timeoutMs: 5000 });
  const version = /v=(\d+)\.\d+\.\d+/.exec(stdout);
  if (!version || Number(version[1]) < 8) return undefined;
  const module = findModule(server);
  // A module built for another machine or another Redis is no Query Engine: it has to load.
  const queryEngine = module !== undefined && (await moduleLoads(server, module));
  return {
    kind: "local",
    server,
    cli: findOnPath("redis-cli"),
    module: queryEngine ? module : undefined,
    queryEngine,
    title: `Redis ${version[0].slice(2)} on this machine${queryEngine ? " with the Query Engine" : ", without the Query Engine"}`,
  };
}

/**
 * Redis 8 keeps its modules beside itself; which folder depends on who packed it.
 * @param {string} server
 */
function findModule(server) {
  const bin = dirname(realpathSync(server));
  return [
    join(bin, "redisearch.so"),
    join(bin, "../lib/redis/modules/redisearch.so"),
    join(bin, "../lib/redis-stack/redisearch.so"),
    join(bin, "../../lib/redis/modules/redisearch.so"),
    "/usr/local/lib/redis/modules/redisearch.so",
    "/usr/lib/redis/modules/redisearch.so",
    "/opt/redis-stack/lib/redisearch.so",
  ].find((path) => existsSync(path));
}

/**
 * Starts the server without a port for a moment: with a module it cannot load it ends at once by itself.
 * @param {string} server
 * @param {string} module
 */
async function moduleLoads(server, module) {
  const args = ["--port", "0", "--save", "", "--dir", tmpdir(), "--loadmodule", module];
  const { stdout } = await run(server, args, { timeoutMs: 1000 });
  return /Module 'search' loaded/.test(stdout);
}
