/** node_modules, as the lock file wants it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { run } from "./processes.mjs";

/**
 * Compares what is installed with the lock file. npm writes node_modules/.package-lock.json last of all, so an
 * installation that was cut off has none, or names packages that are not there.
 * @param {string} root
 * @returns {string | undefined} why an installation is needed; undefined when all is in place
 */
export function whyInstall(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  if (!wanted) throw new Error("package-lock.json is missing or broken; restore it from the repository");
  if (!existsSync(join(root, "node_modules"))) return "node_modules is missing";
  const installed = readPackages(join(root, "node_modules/.package-lock.json"));
  if (!installed) return "an earlier installation was not finished";
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === "") continue;
    const there = installed[path];
    // Packages for other platforms are in the lock file and rightly absent here.
    if (!there && optional) continue;
    if (there?.version !== version) return "the lock file has changed";
    if (!existsSync(join(root, path, "package.json"))) return "node_modules is incomplete";
  }
  return undefined;
}

/**
 * Installs exactly what the lock file names, when that is not already there.
 * @param {string} root
 * @param {(text: string) => void} note
 */
export async function ensurePackages(root, note) {
  if (!whyInstall(root)) return note("in place");
  await withLock(join(root, ".data/packages.lock"), async () => {
    const reason = whyInstall(root);
    if (!reason) return note("in place");
    note(`npm ci: ${reason}`);
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = process.env.npm_execpath;
    const result = npm?.endsWith(".js")
      ? await run(process.execPath, [npm, ...args], { cwd: root })
      : await run("npm", args, { cwd: root });
    if (result.code === 0) return;
    throw new Error(
      `npm ci failed:\n${result.stderr || result.stdout}\nIs there a network? Then try: npm ci`,
    );
  });
}

/**
 * @param {string} path
 * @returns {Record<string, {version?: string, optional?: boolean}> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
