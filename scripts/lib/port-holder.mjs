/** Who sits on a port, as far as this person may see it. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { run } from "./processes.mjs";

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} for example "node server.js (process 1234)"
 */
export async function portHolder(port) {
  const pid = holderFromProc(port) ?? (await holderFromLsof(port));
  if (!pid) return undefined;
  const { stdout } = await run("ps", ["-o", "args=", "-p", String(pid)], { timeoutMs: 2000 });
  const line = stdout.trim().slice(0, 120);
  return line ? `${line} (process ${pid})` : `process ${pid}`;
}

/** @param {number} port */
function holderFromProc(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const LISTEN = "0A";
  try {
    const inodes = new Set();
    for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
      for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
        const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
        if (state === LISTEN && local?.endsWith(wanted)) inodes.add(`socket:[${inode}]`);
      }
    }
    return readdirSync("/proc").find((pid) => /^\d+$/.test(pid) && holdsOne(pid, inodes));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} pid
 * @param {Set<string>} sockets
 */
function holdsOne(pid, sockets) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    // Someone else's process, or one that has just ended.
    return false;
  }
}

/** @param {number} port */
async function holderFromLsof(port) {
  const { stdout } = await run("lsof", ["-nP", "-t", "-sTCP:LISTEN", `-iTCP:${port}`], { timeoutMs: 2000 });
  return stdout.split("\n")[0]?.trim() || undefined;
}
