/** Finds a Redis 8 to run, best first: here with the Query Engine, in Docker, fetched, here without it. */
import { existsSync, realpathSync } from "node:fs";
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
  - on Debian or Ubuntu: install python3-pip and have a network; the engine is then fetched by itself`;

/**
 * @param {{log?: (line: string) => void, fetch?: boolean}} [options] `fetch: false` looks, but downloads nothing
 * @returns {Promise<RedisEngine>}
 */
export async function findEngine({ log = () => {}, fetch = true } = {}) {
  const local = await localEngine();
  if (local?.queryEngine) return local;
  const cached = fetchedAsEngine(fetchedEngine());
  if (cached) return cached;
  if (findOnPath("docker") && (await dockerAnswers())) {
    return {
      kind: "docker",
      server: "docker",
      image: REDIS_IMAGE,
      queryEngine: true,
      title: `${REDIS_IMAGE} in Docker`,
    };
  }
  let problem = "";
  if (fetch) {
    try {
      const fetched = fetchedAsEngine(await fetchEngine(log));
      if (fetched) return fetched;
    } catch (error) {
      problem = /** @type {Error} */ (error).message;
      log(`could not be fetched: ${problem}`);
    }
  }
  if (local) return local;
  throw new Error(problem ? `${WAYS_TO_GET_ONE}\n(fetching failed: ${problem})` : WAYS_TO_GET_ONE);
}

/** @param {ReturnType<typeof fetchedEngine>} files */
function fetchedAsEngine(files) {
  if (!files) return undefined;
  /** @type {RedisEngine} */
  const engine = {
    kind: "fetched",
    ...files,
    queryEngine: true,
    title: "Redis 8 with the Query Engine, from the cache folder",
  };
  return engine;
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
    title: `${version[0].slice(2)} on this machine${queryEngine ? " with the Query Engine" : ", without the Query Engine"}`,
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
  const args = ["--port", "0", "--save", "", "--dir", "/tmp", "--loadmodule", module];
  const { stdout } = await run(server, args, { timeoutMs: 1000 });
  return /Module 'search' loaded/.test(stdout);
}
