/**
 * Child processes with one promise: whatever is started here does not outlive the script that started it,
 * however that script ends (normally, by a signal, by an exception, or by kill -9).
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */
/** @typedef {{code: number | null, stdout: string, stderr: string}} RunResult */

/** @type {Set<ChildProcess>} commands in flight */
const running = new Set();

/**
 * Runs a command to its end and collects what it says. Never throws for a failing command: look at `code`
 * (127 = not found, null = killed, for example by the timeout).
 * @param {string} command
 * @param {string[]} args
 * @param {{timeoutMs?: number, cwd?: string, env?: NodeJS.ProcessEnv, input?: string, onOutput?: (text: string) => void}} [options]
 *   input: what it reads on its standard input, nothing when not given;
 *   without a timeout the command counts as long, and a guard ends it should this process be killed
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { timeoutMs, cwd, env, input, onOutput } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that its children can be ended with it.
    const stdin = input === undefined ? "ignore" : "pipe";
    const child = spawn(command, args, { cwd, env, stdio: [stdin, "pipe", "pipe"], detached: true });
    // A command that ends without reading is no failure of the writing.
    child.stdin?.on("error", () => {}).end(input);
    const callGuardOff = timeoutMs || !child.pid ? () => {} : guard(END_GROUP, [String(child.pid)]);
    const timer = timeoutMs ? setTimeout(() => signalGroup(child, "SIGKILL"), timeoutMs) : undefined;
    let stdout = "";
    let stderr = "";
    running.add(child);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      onOutput?.(text);
    });
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      callGuardOff();
      running.delete(child);
      resolve({ code, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += error.message;
      finish(127);
    });
    child.on("close", finish);
  });
}

/**
 * Runs a command that has to succeed.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<void>}
 */
export async function must(command, args, options) {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return;
  const said = (stderr || stdout).trim().split("\n").at(-1);
  throw new Error(`${basename(command)}: ${said || `ended with ${code}`}`);
}

/**
 * Ends the commands that `run` has in flight, with their children; each may say goodbye first.
 * @returns {Promise<unknown>}
 */
export function endRunning() {
  return Promise.all([...running].map((child) => endGroup(child, 700)));
}

/**
 * @param {ChildProcess} child one that was spawned with `detached`, so that its id is also its group's
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // It has gone by itself.
  }
}

/**
 * @param {number} pid
 * @returns {string | undefined} something that tells this process from a later one with the same id;
 *   undefined when there is no such process
 */
export function processIdentity(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means it exists and belongs to someone else.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return undefined;
  }
  try {
    // The name in parentheses may hold spaces; the 20th word after it is the start time.
    const words = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    if (words[0] === "Z") return undefined;
    return `${pid}@${words[19]}`;
  } catch {
    // No /proc here (macOS): the id alone has to do.
    return String(pid);
  }
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process with this id is running
 */
export function isAlive(pid) {
  return processIdentity(pid) !== undefined;
}

/**
 * A shell that waits for the end of its standard input, which comes when this process is gone for whatever
 * reason, kill -9 included, and then says farewell to its ward. Without it a killed run leaves servers behind.
 * @param {string} farewell shell text to run when this process is gone; "$@" are `args`
 * @param {string[]} args
 * @returns {() => void} calls the guard off
 */
export function guard(farewell, args) {
  const child = spawn("sh", ["-c", `read -r _; ${farewell}`, "guard", ...args], {
    stdio: ["pipe", "ignore", "ignore"],
    // A group of its own: Ctrl-C in the terminal must not end the guard before its ward.
    detached: true,
  });
  child.on("error", () => {});
  child.unref();
  const input = /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (child.stdin));
  input?.on("error", () => {});
  input?.unref?.();
  return () => child.kill("SIGKILL");
}

/** Farewell: ends the group whose id is `$1` politely, then firmly; further words are folders to remove. */
export const END_GROUP =
  'kill -TERM "-$1" 2>/dev/null; n=0; while kill -0 "-$1" 2>/dev/null && [ $n -lt 15 ]; do sleep 0.1; n=$((n+1)); done; kill -KILL "-$1" 2>/dev/null; shift; [ $# -gt 0 ] && rm -rf -- "$@"';

/**
 * Ends a child and its children: SIGTERM, and SIGKILL when it has not gone in time.
 * @param {ChildProcess} child spawned with `detached`
 * @param {number} graceMs
 * @returns {Promise<void>}
 */
export function endGroup(child, graceMs) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) {
    // The head of the group is gone; a child of it may not be.
    signalGroup(child, "SIGKILL");
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      signalGroup(child, "SIGKILL");
      resolve();
    });
    signalGroup(child, "SIGTERM");
  });
}
