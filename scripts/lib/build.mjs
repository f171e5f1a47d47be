/** The production build, made only when the sources changed. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { withLock } from "./lock.mjs";
import { run } from "./processes.mjs";

/** What the build is made of. */
const SOURCES = [
  ...["app", "components", "lib", "public", "proxy.ts", "instrumentation.ts", "next.config.mjs"],
  ...["tailwind.config.ts", "tsconfig.json", "package.json", "package-lock.json"],
];
/** Tests do not go into the build. */
const IGNORED = /\.test\.tsx?$|(^|\/)lib\/testing(\/|$)/;

/** @param {string} root */
export const standaloneFolder = (root) => join(root, ".next/standalone");
/** @param {string} root */
const stampFile = (root) => join(root, ".next/sources.sha256");

/**
 * @param {string} root
 * @returns {string} a digest of every source file's name and content
 */
export function hashSources(root) {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) addToHash(hash, root, join(root, source));
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addToHash(hash, root, path) {
  const name = relative(root, path);
  if (IGNORED.test(name)) return;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) {
    for (const entry of readdirSync(path).sort()) addToHash(hash, root, join(path, entry));
  } else if (stats) {
    hash.update(`${name}\0${stats.size}\0`).update(readFileSync(path));
  }
}

/**
 * @param {string} root
 * @returns {boolean} whether the build that is there was finished and is of these very sources
 */
export function isBuilt(root) {
  const stamp = stampFile(root);
  return (
    existsSync(join(standaloneFolder(root), "server.js")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === hashSources(root)
  );
}

/**
 * Builds when needed. The result in .next/standalone is complete: that folder alone is what runs.
 * @param {string} root
 * @param {(text: string) => void} note
 */
export async function ensureBuild(root, note) {
  if (isBuilt(root)) return note("unchanged");
  await withLock(join(root, ".data/build.lock"), async () => {
    if (isBuilt(root)) return note("unchanged");
    note("next build");
    const hash = hashSources(root);
    // Without its stamp a build that is killed from here on counts for nothing.
    rmSync(stampFile(root), { force: true });
    rmSync(standaloneFolder(root), { recursive: true, force: true });
    // What the type check remembers of the last build made it report errors that were mended since (TypeScript 7.0.2).
    rmSync(join(root, ".next/cache/.tsbuildinfo"), { force: true });
    await nextBuild(root);
    completeStandalone(root);
    writeFileSync(stampFile(root), hash);
  });
}

/** @param {string} root */
async function nextBuild(root) {
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("production"), NEXT_TELEMETRY_DISABLED: "1" };
  const result = await run(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env,
  });
  if (result.code === 0) return;
  throw new Error(`The build failed:\n${result.stdout.trim()}\n${result.stderr.trim()}`);
}

/**
 * Next leaves the static files out of its standalone folder, for those who serve them from elsewhere.
 * @param {string} root
 */
function completeStandalone(root) {
  const standalone = standaloneFolder(root);
  cpSync(join(root, ".next/static"), join(standalone, ".next/static"), { recursive: true });
  if (existsSync(join(root, "public")))
    cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  else mkdirSync(join(standalone, "public"), { recursive: true });
  // Next copies .env files into its output; settings are to come from the environment alone.
  for (const name of readdirSync(standalone)) if (name.startsWith(".env")) rmSync(join(standalone, name));
}
