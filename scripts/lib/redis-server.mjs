/** Starts and stops one Redis server that belongs to this process and ends with it. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort } from "./ports.mjs";
import { END_PROCESS, endChild, guard, run } from "./processes.mjs";
import { command, waitUntilReady } from "./resp.mjs";

/** Unions of few terms through the heap as well, as unions of many are: one code path in the engine. */
const QUERY_ENGINE_SETTING = ["FT.CONFIG", "SET", "UNION_ITERATOR_HEAP", "1"];

/**
 * @typedef {object} RedisServer
 * @property {string} url
 * @property {number} port
 * @property {number | undefined} pid of the server (for Docker, of the docker client)
 * @property {string} version
 * @property {boolean} queryEngine whether FT.* really answers
 * @property {string[]} cli the words of a redis-cli command that talks to this server
 * @property {string} [container]
 * @property {() => Promise<void>} stop ends it within two seconds
 * @property {() => Promise<void>} kill ends it as a power cut would
 * @property {Promise<void>} ended resolves when the server is gone, for whatever reason
 */

/**
 * @typedef {object} ServerOptions
 * @property {import("./redis-engine.mjs").RedisEngine} engine
 * @property {string} dataFolder
 * @property {number} [port] a free one when not given
 * @property {boolean} [queryEngine] false leaves the Query Engine out
 * @property {boolean} [appendOnly] false keeps nothing on disk
 * @property {string[]} [args] more words for redis-server, for example ["--maxmemory", "5mb"]
 * @property {string[]} [removeAtEnd] folders to remove should this process be killed
 */

/**
 * @param {ServerOptions} options
 * @returns {Promise<RedisServer>}
 */
export async function startRedis(options) {
  const attempts = options.port ? 1 : 5;
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options, options.port ?? (await freePort()));
    } catch (error) {
      // Between finding a free port and taking it somebody else may have been there.
      if (attempt >= attempts || !/in use|port is already allocated/i.test(String(error))) throw error;
    }
  }
}

/**
 * @param {ServerOptions} options
 * @param {number} port
 * @returns {Promise<RedisServer>}
 */
async function startOnce(options, port) {
  const { engine, removeAtEnd = [] } = options;
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true });
  const docker = engine.kind === "docker";
  const container = docker ? containerName(dataFolder) : undefined;
  if (container) await run("docker", ["rm", "--force", container], { timeoutMs: 10_000 });
  const args = docker
    ? [
        "run",
        "--rm",
        "--name",
        String(container),
        ...userOption(),
        "-p",
        `127.0.0.1:${port}:6379`,
        "-v",
        `${dataFolder}:/data`,
        String(engine.image),
        "redis-server",
        ...serverArgs(options),
      ]
    : ["--bind", "127.0.0.1", "--port", String(port), "--dir", dataFolder, ...serverArgs(options)];
  const child = spawn(engine.server, args, {
    cwd: dataFolder,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C reaches the whole foreground group; the server is to stop after those who use it, so it is apart.
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-4000);
    });
    /** @type {any} */ (stream).unref();
  }
  let isGone = false;
  const ended = new Promise((/** @type {(value: void) => void} */ done) => {
    child.once("error", (error) => {
      said += error.message;
      isGone = true;
      done();
    });
    child.once("exit", () => {
      isGone = true;
      done();
    });
  });
  child.unref();
  const callGuardOff = container
    ? guard('docker rm --force "$1"', [container])
    : guard(END_PROCESS, [String(child.pid), ...removeAtEnd]);
  ended.then(callGuardOff);
  const stop = async () => {
    if (isGone) return;
    if (container) await run("docker", ["stop", "--time", "1", container], { timeoutMs: 1900 });
    await endChild(child, 1500);
  };
  const kill = async () => {
    if (isGone) return;
    if (container) await run("docker", ["kill", container], { timeoutMs: 1900 });
    child.kill("SIGKILL");
    await ended;
  };
  const url = `redis://127.0.0.1:${port}`;
  try {
    // Docker may first have to download the image.
    const ready = await waitUntilReady(url, { timeoutMs: docker ? 300_000 : 60_000, givenUp: () => isGone });
    // Whoever else sits on this port may have answered the PING; ours is the one that is alive.
    if (!ready || isGone)
      throw new Error(`Redis did not start on port ${port}: ${lastWords(said, dataFolder)}`);
    const hasSearch = await hasQueryEngine(url);
    if (hasSearch) await command(url, QUERY_ENGINE_SETTING).catch(() => {});
    return {
      url,
      port,
      pid: child.pid,
      container,
      stop,
      kill,
      ended,
      version: await readVersion(url),
      queryEngine: hasSearch,
      cli: cliWords(engine, port, container),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {ServerOptions} options
 * @returns {string[]}
 */
function serverArgs({ engine, queryEngine = true, appendOnly = true, args = [] }) {
  const module = queryEngine && engine.module ? ["--loadmodule", engine.module] : [];
  return [
    // No snapshots beside the append-only file: one truth on disk, and a stop that does not wait for a dump.
    "--save",
    "",
    "--appendonly",
    appendOnly ? "yes" : "no",
    "--loglevel",
    "notice",
    ...args,
    ...module,
  ];
}

/** Files in the data folder are to belong to the person, not to the container's user. */
function userOption() {
  return process.getuid && process.getgid ? ["--user", `${process.getuid()}:${process.getgid()}`] : [];
}

/** @param {string} dataFolder */
function containerName(dataFolder) {
  return `memory-console-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`;
}

/**
 * @param {import("./redis-engine.mjs").RedisEngine} engine
 * @param {number} port
 * @param {string} [container]
 */
function cliWords(engine, port, container) {
  if (container) return ["docker", "exec", "-it", container, "redis-cli"];
  return [engine.cli ?? "redis-cli", "-p", String(port)];
}

/**
 * @param {string} said
 * @param {string} dataFolder
 */
function lastWords(said, dataFolder) {
  const log = join(dataFolder, "redis.log");
  const text = said || (existsSync(log) ? readFileSync(log, "utf8") : "");
  return text.trim().split("\n").slice(-4).join(" / ") || "it ended without a word";
}

/** @param {string} url */
async function readVersion(url) {
  const info = String(await command(url, ["INFO", "server"]));
  return /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown";
}

/** @param {string} url */
export async function hasQueryEngine(url) {
  return command(url, ["FT._LIST"]).then(
    () => true,
    () => false,
  );
}
