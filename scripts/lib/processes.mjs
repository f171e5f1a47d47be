/**
 * Child processes with one promise: whatever is started here does not outlive the script that started it,
 * however that script ends (normally, by a signal, by an exception, or by kill -9).
 */
import { spawn } from "node:child_process";

/** @typedef {{code: number | null, stdout: string, stderr: string}} RunResult */

/**
 * Runs a command to its end and collects what it says. Never throws for a failing command: look at `code`
 * (127 = not found, null = killed, for example by the timeout).
 * @param {string} command
 * @param {string[]} args
 * @param {{timeoutMs?: number, cwd?: string, env?: NodeJS.ProcessEnv, input?: string}} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { timeoutMs, cwd, env, input } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    const timer = timeoutMs ? setTimeout(() => child.kill("SIGKILL"), timeoutMs) : undefined;
    running.add(child);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += error.message;
      finish(127);
    });
    child.on("close", finish);
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends the commands that `run` has in flight; part of stopping everything. */
export function killRunning() {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process with this id exists
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means it exists and belongs to someone else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * A shell that waits for the end of its standard input, which comes when this process is gone for whatever
 * reason, kill -9 included, and then ends the child. Without it a killed run leaves its servers behind.
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
  child.stdin?.on("error", () => {});
  child.unref();
  /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (child.stdin))?.unref?.();
  return () => child.kill("SIGKILL");
}

/** Ends a process politely, then firmly; `$1` is its id, further words are folders to remove. */
export const END_PROCESS =
  'kill -TERM "$1" 2>/dev/null; n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 15 ]; do sleep 0.1; n=$((n+1)); done; kill -KILL "$1" 2>/dev/null; shift; [ $# -gt 0 ] && rm -rf -- "$@"';

/**
 * Ends a child: SIGTERM, and SIGKILL when it has not gone in time.
 * @param {import("node:child_process").ChildProcess} child
 * @param {number} [graceMs]
 * @returns {Promise<void>}
 */
export function endChild(child, graceMs = 1500) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/**
 * The things one script has started, stopped together, newest first where order matters (`stopAll` runs the
 * stops at the same time: each is independent, and two seconds are all there is).
 */
export function createStopper() {
  /** @type {Set<() => unknown>} */
  const stops = new Set();
  /** @type {Promise<void> | undefined} */
  let stopping;
  const stopAll = () => {
    stopping ??= (async () => {
      killRunning();
      await Promise.allSettled([...stops].map((stop) => stop()));
    })();
    return stopping;
  };
  return {
    /** @param {() => unknown} stop */
    add(stop) {
      stops.add(stop);
      return () => stops.delete(stop);
    },
    get isStopping() {
      return stopping !== undefined;
    },
    stopAll,
    /** From here on Ctrl-C, SIGTERM and a closed terminal stop everything and end the script. */
    onSignals() {
      for (const [signal, number] of /** @type {const} */ ([
        ["SIGINT", 2],
        ["SIGTERM", 15],
        ["SIGHUP", 1],
      ])) {
        process.on(signal, async () => {
          // A stop that hangs must not keep the person waiting; the guards clear up what is left.
          setTimeout(() => process.exit(128 + number), 1900).unref();
          await stopAll();
          process.exit(128 + number);
        });
      }
    },
  };
}
