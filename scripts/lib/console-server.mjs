/** The console itself as a child process: started, waited for, stopped. */
import { spawn } from "node:child_process";
import { END_GROUP, endGroup, guard, processIdentity } from "./processes.mjs";

/**
 * @typedef {object} ConsoleServer
 * @property {string} url
 * @property {number | undefined} pid
 * @property {string | undefined} identity
 * @property {number} healthStatus what /api/health first answered: 200, or 503 when the store does not
 * @property {() => Promise<void>} stop
 * @property {() => string} output the last that it said
 * @property {Promise<number | null>} ended resolves with its exit code
 */

/**
 * @param {object} options
 * @param {string[]} options.args for node
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.host
 * @param {number} options.port
 * @param {number} [options.timeoutMs]
 * @param {(text: string) => void} [options.onOutput] what it says once it is up
 * @param {string[]} [options.removeAtEnd] folders to remove should this process be killed
 * @returns {Promise<ConsoleServer>} when /api/health has answered
 */
export async function startConsole({
  args,
  cwd,
  env,
  host,
  port,
  timeoutMs = 30_000,
  onOutput,
  removeAtEnd = [],
}) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, PORT: String(port), HOST: host, HOSTNAME: host, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const callGuardOff = guard(END_GROUP, [String(child.pid), ...removeAtEnd]);
  let said = "";
  let isUp = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-20_000);
      if (isUp) onOutput?.(text);
    });
  }
  let isGone = false;
  const ended = new Promise((/** @type {(code: number | null) => void} */ done) => {
    child.once("exit", (code) => {
      isGone = true;
      callGuardOff();
      done(code);
    });
  });
  const stop = () => {
    // What it complains of while it is being stopped is of no use to anybody.
    onOutput = undefined;
    return endGroup(child, 1200);
  };
  const url = addressOf(host, port);
  const healthStatus = await waitForHealth(url, timeoutMs, () => isGone);
  if (healthStatus === undefined) {
    await stop();
    throw new Error(`The console did not come up at ${url}:\n${said.trim() || "it said nothing"}`);
  }
  isUp = true;
  const identity = child.pid ? processIdentity(child.pid) : undefined;
  return { url, pid: child.pid, identity, healthStatus, stop, ended, output: () => said };
}

/**
 * @param {string} host what it listens on
 * @param {number} port
 * @returns {string} where a browser on this machine finds it
 */
export function addressOf(host, port) {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * @param {string} url
 * @param {number} timeoutMs
 * @param {() => boolean} givenUp
 * @returns {Promise<number | undefined>} the status, or undefined when it never answered
 */
async function waitForHealth(url, timeoutMs, givenUp) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !givenUp()) {
    try {
      const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(timeoutMs) });
      await response.arrayBuffer();
      // 503 says that the store does not answer; the console itself does.
      if (response.status === 200 || response.status === 503) return response.status;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return undefined;
}
