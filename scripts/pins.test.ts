import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { PROJECT_ROOT } from "./lib/project.mjs";
import { REDIS_IMAGE } from "./lib/redis-docker.mjs";
import { VARIABLES } from "./lib/settings.mjs";

const read = (path: string) => readFileSync(join(PROJECT_ROOT, path), "utf8");
const compose = parse(read("docker-compose.yml"));
const lockText = read("package-lock.json");
const lock: { packages: Record<string, { version: string }> } = JSON.parse(lockText);

/** Lowest versions without known holes; a second copy deep in the tree counts as much as the first. */
const PACKAGE_FLOORS: Record<string, string> = { next: "16.4.1", react: "19.3.1", "react-dom": "19.3.1" };
/** CVE-2026-81934, by release line. */
const REDIS_FLOORS = ["8.2.9", "8.4.6", "8.6.6", "8.8.2", "8.10.1"];

function isAtLeast(version: string, floor: string) {
  const [have, want] = [version, floor].map((text) => text.split(".").map(Number));
  for (const part of [0, 1, 2]) if (have![part] !== want![part]) return have![part]! > want![part]!;
  return true;
}

test.each(Object.entries(PACKAGE_FLOORS))("every copy of %s is at or above %s", (name, floor) => {
  const copies = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  expect(copies.length).toBeGreaterThan(0);
  for (const [path, { version }] of copies)
    expect(isAtLeast(version, floor), `${path} ${version}`).toBe(true);
});

test("package.json names exact versions, and the lock file names no registry", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
  expect(lockText).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/);
  expect(read(".npmrc")).toContain("omit-lockfile-registry-resolved=true");
});

test("the pinned Redis is at or above the floor of its line, and the same everywhere", () => {
  const [name, version] = REDIS_IMAGE.split(":");
  expect(name).toBe("redis");
  const floor = REDIS_FLOORS.find((candidate) => candidate.split(".")[1] === version?.split(".")[1]);
  expect(floor, `a floor for the line of ${version}`).toBeDefined();
  expect(isAtLeast(version!, floor!)).toBe(true);
  expect(compose.services.redis.image).toBe(REDIS_IMAGE);
});

test("compose keeps the data, publishes the console to this machine alone and Redis to nobody", () => {
  const { redis, console: site } = compose.services;
  expect(redis.command.join(" ")).toContain("--appendonly yes");
  expect(redis.volumes).toEqual(["redis-data:/data"]);
  expect(compose.volumes).toHaveProperty("redis-data");
  expect(redis.ports).toBeUndefined();
  for (const port of site.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  expect(site.depends_on.redis.condition).toBe("service_healthy");
  expect(site.environment.CONSOLE_SECRET).toMatch(/^\$\{CONSOLE_SECRET:\?/);
  expect(site.environment.HOSTNAME).toBe("0.0.0.0");
  for (const service of [redis, site]) expect(service.healthcheck.test[0]).toBe("CMD");
});

test("the image is built from pinned bases, runs without rights and watches its health", () => {
  const lines = read("Dockerfile").split("\n");
  const bases = lines.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1]);
  expect(bases).toHaveLength(2);
  for (const base of bases) expect(base).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
  expect(lines).toContain("USER node");
  expect(lines).toContain('CMD ["node", "server.js"]');
  expect(lines.join("\n")).toMatch(/HEALTHCHECK[\s\S]*\/api\/health/);
});

test("every variable is explained in .env.example and can be given to compose", () => {
  const example = read(".env.example");
  // REDIS_URL has a line for each kind of store.
  const named = [...new Set([...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name))];
  expect(named.sort()).toEqual([...VARIABLES].sort());
  const given = Object.keys(compose.services.console.environment);
  // The composed console is never the demo.
  for (const name of VARIABLES.filter((variable) => variable !== "CONSOLE_DEMO"))
    expect(given).toContain(name);
});
