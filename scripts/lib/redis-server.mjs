/** Starts and stops one Redis server that belongs to this process and ends with it. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { freePort } from "./ports.mjs";
import { END_GROUP, endGroup, guard, run, signalGroup } from "./processes.mjs";
import { containerName, dockerArgs, removeContainer } from "./redis-docker.mjs";
import { command, waitUntilReady } from "./resp.mjs";

/** Unions of few terms go through the heap as well, as unions of many do: one code path in the engine. */
const QUERY_ENGINE_SETTING = ["FT.CONFIG", "SET", "UNION_ITERATOR_HEAP", "1"];

/**
 * @typedef {object} RedisServer
 * @property {string} url
 * @property {number} port
 * @property {number | undefined} pid of the server (for Docker, of the docker client)
 * @property {string} [container]
 * @property {string} version
 * @property {boolean} queryEngine whether FT.* really answers
 * @property {string[]} cli the words of a redis-cli command that talks to this server
 * @property {string} cliLine the same, to be pasted into a shell by a person
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
      return await startOnPort(options, options.port ?? (await freePort()));
    } catch (error) {
      // Between finding a free port and taking it somebody else may have been there.
      if (attempt >= attempts || !/in use|already allocated/i.test(String(error))) throw error;
    }
  }
}

/**
 * @param {ServerOptions} options
 * @param {number} port
 * @returns {Promise<RedisServer>}
 */
async function startOnPort(options, port) {
  const { engine, removeAtEnd = [] } = options;
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true });
  const inDocker = engine.kind === "docker";
  if (inDocker) await removeContainer(dataFolder);
  const container = inDocker ? containerName(dataFolder) : undefined;
  const serverProcess = launch(engine.server, commandLine(options, dataFolder, port), dataFolder);
  const { child, ended, isGone } = serverProcess;
  const callGuardOff = container
    ? guard('docker rm --force "$1"', [container])
    : guard(END_GROUP, [String(child.pid), ...removeAtEnd]);
  ended.then(callGuardOff);

  const stop = async () => {
    if (isGone()) return;
    if (container) await run("docker", ["stop", "--time", "1", container], { timeoutMs: 1800 });
    await endGroup(child, 1200);
  };
  const kill = async () => {
    if (isGone()) return;
    if (container) await run("docker", ["kill", container], { timeoutMs: 1800 });
    signalGroup(child, "SIGKILL");
    await ended;
  };
  const url = `redis://127.0.0.1:${port}`;
  try {
    // Docker may first have to download the image.
    const ready = await waitUntilReady(url, { timeoutMs: inDocker ? 300_000 : 60_000, givenUp: isGone });
    // Whoever else sits on this port may have answered the PING; ours is the one that is alive.
    if (!ready || isGone()) {
      throw new Error(`Redis did not start on port ${port}: ${serverProcess.lastWords()}`);
    }
    const queryEngine = await hasQueryEngine(url);
    if (queryEngine) await command(url, QUERY_ENGINE_SETTING).catch(() => {});
    const cli = cliWords(engine, port, container);
    const version = await readVersion(url);
    const cliLine = lineForPeople(cli);
    return { url, port, pid: child.pid, container, version, queryEngine, cli, cliLine, stop, kill, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {ServerOptions} options
 * @param {string} dataFolder
 * @param {number} port
 */
function commandLine({ engine, queryEngine = true, appendOnly = true, args = [] }, dataFolder, port) {
  // No snapshots beside the append-only file: one truth on disk, and a stop that does not wait for a dump.
  const settings = ["--save", "", "--appendonly", appendOnly ? "yes" : "no", ...args];
  if (engine.kind === "docker") {
    return dockerArgs({ dataFolder, port, image: String(engine.image), queryEngine, settings });
  }
  const module = queryEngine && engine.module ? ["--loadmodule", engine.module] : [];
  return ["--bind", "127.0.0.1", "--port", String(port), "--dir", dataFolder, ...settings, ...module];
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
function launch(program, args, cwd) {
  const child = spawn(program, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C reaches the whole foreground group; the server is to stop after those who use it, so it is apart.
    detached: true,
  });
  // Nothing of this keeps the script alive: a script that is done may end, and the server with it.
  child.unref();
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-4000);
    });
    /** @type {import("node:net").Socket} */ (stream).unref();
  }
  let gone = false;
  const ended = new Promise((/** @type {(value: void) => void} */ done) => {
    const finish = () => {
      gone = true;
      done();
    };
    child.once("exit", finish);
    child.once("error", (error) => {
      said += error.message;
      finish();
    });
  });
  const lastWords = () => said.trim().split("\n").slice(-4).join(" / ") || "it ended without a word";
  return { child, ended, isGone: () => gone, lastWords };
}

/**
 * @param {import("./redis-engine.mjs").RedisEngine} engine
 * @param {number} port
 * @param {string} [container]
 */
function cliWords(engine, port, container) {
  if (container) return ["docker", "exec", "-i", container, "redis-cli"];
  return [engine.cli ?? "redis-cli", "-p", String(port)];
}

/** @param {string[]} words */
function lineForPeople(words) {
  const [program = "", ...rest] = words.map((word) => (/^[\w./:@-]+$/.test(word) ? word : `'${word}'`));
  const home = `${homedir()}/`;
  // A person types into it, so Docker has to give it a terminal.
  return [program.startsWith(home) ? `~/${program.slice(home.length)}` : program, ...rest]
    .join(" ")
    .replace("exec -i ", "exec -it ");
}

/** @param {string} url */
async function readVersion(url) {
  const info = String(await command(url, ["INFO", "server"]));
  return /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown";
}

/** @param {string} url */
export async function hasQueryEngine(url) {
  try {
    await command(url, ["FT._LIST"]);
    return true;
  } catch {
    return false;
  }
}
