/** A Redis server in a container of the official image. */
import { createHash } from "node:crypto";
import { run } from "./processes.mjs";

/** At or above the floor for CVE-2026-81934 of its line (8.2.9); docker-compose.yml pins the same. */
export const REDIS_IMAGE = "redis:8.2.9";

/** @returns {Promise<boolean>} whether there is a Docker engine that answers; the program alone is not enough */
export async function dockerAnswers() {
  const { code, stdout } = await run("docker", ["info", "--format", "{{.ServerVersion}}"], {
    timeoutMs: 3000,
  });
  return code === 0 && /\d/.test(stdout);
}

/**
 * The name follows from the data folder, so that a container which a killed run has left is found again.
 * @param {string} dataFolder absolute
 */
export function containerName(dataFolder) {
  return `memory-console-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`;
}

/** @param {string} dataFolder absolute */
export async function removeContainer(dataFolder) {
  await run("docker", ["rm", "--force", containerName(dataFolder)], { timeoutMs: 10_000 });
}

/**
 * @param {{dataFolder: string, port: number, image: string, queryEngine: boolean, settings: string[]}} options
 * @returns {string[]} the arguments for docker
 */
export function dockerArgs({ dataFolder, port, image, queryEngine, settings }) {
  // Files in the data folder are to belong to the person, not to the container's user.
  const user = process.getuid && process.getgid ? ["--user", `${process.getuid()}:${process.getgid()}`] : [];
  // The image's entry point loads every module that the image holds; without it none is loaded.
  const entrypoint = queryEngine ? [] : ["--entrypoint", "redis-server"];
  const program = queryEngine ? ["redis-server"] : [];
  const name = containerName(dataFolder);
  return [
    ...["run", "--rm", "--name", name, ...user, ...entrypoint],
    // Reachable from this machine only; protected mode would refuse what comes through Docker's bridge.
    ...["-p", `127.0.0.1:${port}:6379`, "-v", `${dataFolder}:/data`],
    ...[image, ...program, "--dir", "/data", "--protected-mode", "no", ...settings],
  ];
}
