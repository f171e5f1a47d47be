/** Packages of a newer Debian, unpacked into a folder and run through their own loader; nothing is installed. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, run } from "./processes.mjs";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const SUITE = "trixie";
const LOADERS = /** @type {Record<string, {folder: string, loader: string}>} */ ({
  x64: { folder: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { folder: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
});

/** @returns {boolean} whether such packages can run here at all */
export function canUnpackDebian() {
  return process.platform === "linux" && process.arch in LOADERS;
}

/**
 * How to run a program that was unpacked into `root`: this machine's own libraries may be too old for it.
 * @param {string} root may hold a shell expression
 * @returns {{loader: string, libraries: string}}
 */
export function loaderOf(root) {
  const { folder, loader } = LOADERS[process.arch] ?? { folder: "", loader: "" };
  const libraries = `${root}/usr/lib/${folder}`;
  return { loader: `${libraries}/${loader}`, libraries };
}

/**
 * @param {string[]} names
 * @param {string} root where they are unpacked, all into one tree
 */
export async function unpackDebian(names, root) {
  const work = `${root}.apt`;
  const lists = join(work, "lists");
  const cache = join(work, "cache");
  const debs = join(work, "debs");
  for (const folder of [join(lists, "partial"), join(cache, "archives/partial"), debs, root]) {
    mkdirSync(folder, { recursive: true });
  }
  const sources = join(work, "sources.list");
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${await mirror()} ${SUITE} main\n`);
  const settings = [
    ...[`Dir::Etc::sourcelist=${sources}`, "Dir::Etc::sourceparts=/dev/null"],
    ...[`Dir::State::lists=${lists}`, `Dir::Cache=${cache}`],
    // As root apt would hand the download to a user who may not enter the person's cache folder.
    ...["APT::Sandbox::User=root", "Acquire::Languages=none", "Acquire::Retries=2"],
  ].flatMap((setting) => ["-o", setting]);
  await must("apt-get", [...settings, "-qq", "update"], { cwd: debs });
  await must("apt-get", [...settings, "-qq", "download", ...names], { cwd: debs });
  for (const deb of readdirSync(debs)) await must("dpkg", ["-x", join(debs, deb), root], { cwd: debs });
  rmSync(work, { recursive: true, force: true });
}

/** The mirror this machine already uses; no address is written anywhere in this project. */
async function mirror() {
  // Without --no-release-info only what `apt-get update` has fetched is listed: on a new machine, nothing.
  const words = ["indextargets", "--no-release-info", "--format", "$(SITE)|$(RELEASE)"];
  const { code, stdout } = await run("apt-get", words, { timeoutMs: 20_000 });
  const site = stdout.split("\n")[0]?.split("|")[0];
  if (code !== 0 || !site) throw new Error("apt-get names no package mirror (is this a Debian?)");
  return site;
}
