/** A Chromium for the tests: one that is here, or installed by whichever way works. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { findOnPath } from "./which.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * @param {string} root
 * @returns {Promise<string | undefined>} the path of a Chromium that is already here
 */
export async function findBrowser(root) {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which is not there`);
  }
  for (const name of NAMES) {
    const path = findOnPath(name);
    if (path) return path;
  }
  return playwrightsOwn(root);
}

/** @param {string} root */
async function playwrightsOwn(root) {
  const script = 'import("playwright").then(({ chromium }) => console.log(chromium.executablePath()))';
  const { stdout } = await run(process.execPath, ["-e", script], { cwd: root, timeoutMs: 20_000 });
  const path = stdout.trim();
  return path && existsSync(path) ? path : undefined;
}

/**
 * @param {string} root
 * @param {(text: string) => void} note
 * @returns {Promise<string>}
 */
export async function ensureBrowser(root, note) {
  const found = await findBrowser(root);
  if (found) {
    note(found);
    return found;
  }
  const attempts = [];
  if (process.getuid?.() === 0 && findOnPath("apt-get")) {
    note("apt-get install chromium");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["-qq", "update"], { env });
    const { code, stderr } = await run(
      "apt-get",
      ["-qq", "-y", "--no-install-recommends", "install", "chromium"],
      { env },
    );
    const installed = await findBrowser(root);
    if (code === 0 && installed) return installed;
    attempts.push(`apt-get: ${lastLine(stderr)}`);
  }
  note("playwright install chromium");
  const cli = join(root, "node_modules/playwright/cli.js");
  const { stderr } = await run(process.execPath, [cli, "install", "chromium"], { cwd: root });
  const installed = await findBrowser(root);
  if (installed) return installed;
  attempts.push(`playwright: ${lastLine(stderr)}`);
  throw new Error(
    `No Chromium could be found or installed (${attempts.join("; ")}). Install one, or name it: CHROMIUM_PATH=/path/to/chromium`,
  );
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) || "failed without a word";
}
