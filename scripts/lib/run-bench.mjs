/** `npm run bench`: figures, each from a Redis and a production build of its own. */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuild, standaloneFolder } from "./build.mjs";
import { startConsole } from "./console-server.mjs";
import { demoCookie } from "./demo-cookie.mjs";
import { TEST_SECRET } from "./demo-template.mjs";
import { listPages, measureFirstLoad } from "./first-load.mjs";
import { ensurePackages } from "./packages.mjs";
import { freePort } from "./ports.mjs";
import { run } from "./processes.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { startRedis } from "./redis-server.mjs";
import { step } from "./steps.mjs";
import { onStop } from "./stopper.mjs";
import { seedDemo } from "./store.mjs";

const BENCHES = join(PROJECT_ROOT, "scripts/bench");
const FIRST_LOAD_TARGET_KB = 250;

/** @param {string[]} chosen names of benches; all when empty. "first-load" is the JavaScript per page. */
export async function runBench(chosen) {
  const wanted = (/** @type {string} */ name) => chosen.length === 0 || chosen.includes(name);
  const packages = step("packages", (note) => ensurePackages(PROJECT_ROOT, note));
  const [server] = await Promise.all([
    openServer(packages),
    packages.then(() => step("build", (note) => ensureBuild(PROJECT_ROOT, note))),
  ]);
  const env = {
    ...process.env,
    NODE_ENV: /** @type {const} */ ("production"),
    REDIS_URL: server.url,
    CONSOLE_REDIS_URL: "",
    CONSOLE_SECRET: TEST_SECRET,
    CONSOLE_DEMO: "1",
    // What is measured is the speed of the doors, not their limits.
    READS_PER_MINUTE: "1000000",
    WRITES_PER_MINUTE: "1000000",
  };
  const folder = standaloneFolder(PROJECT_ROOT);
  const port = await freePort();
  const site = await startConsole({
    args: [join(folder, "server.js")],
    cwd: folder,
    env,
    host: "127.0.0.1",
    port,
  });
  onStop(site.stop);

  const cookie = await demoCookie(PROJECT_ROOT, site.url, "admin");
  if (wanted("first-load")) await printFirstLoad(site.url, cookie);
  for (const name of benchNames().filter(wanted)) {
    console.log(`\n── ${name}`);
    const { code } = await run(process.execPath, ["--import", "tsx", join("scripts/bench", `${name}.ts`)], {
      cwd: PROJECT_ROOT,
      env: { ...env, CONSOLE_URL: site.url, CONSOLE_COOKIE: cookie },
      onOutput: (text) => process.stdout.write(text),
    });
    if (code !== 0) process.exitCode = 1;
  }
}

/** @param {Promise<void>} packages */
async function openServer(packages) {
  const dataFolder = await mkdtemp(join(tmpdir(), "memory-console-bench-"));
  onStop(() => rm(dataFolder, { recursive: true, force: true }));
  const engine = await step("engine", (note) => findEngine({ log: note }));
  const server = await startRedis({ engine, dataFolder, removeAtEnd: [dataFolder] });
  onStop(server.stop);
  await packages;
  await step("demo people", (note) =>
    seedDemo({ root: PROJECT_ROOT, url: server.url, secret: TEST_SECRET }, note),
  );
  return server;
}

function benchNames() {
  if (!existsSync(BENCHES)) return [];
  return readdirSync(BENCHES)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -3))
    .sort();
}

/**
 * @param {string} url
 * @param {string} cookie
 */
async function printFirstLoad(url, cookie) {
  console.log(`\n── first-load JavaScript, gzip, target ≤ ${FIRST_LOAD_TARGET_KB} kB`);
  for (const { route, path } of await listPages(PROJECT_ROOT, url, cookie)) {
    if (!path) {
      console.log(`${route.padEnd(44)}    no link to one was found`);
      continue;
    }
    const bytes = await measureFirstLoad(url, path, cookie);
    const kilobytes = bytes / 1000;
    const isOver = kilobytes > FIRST_LOAD_TARGET_KB;
    if (isOver) process.exitCode = 1;
    console.log(
      `${route.padEnd(44)} ${kilobytes.toFixed(1).padStart(7)} kB${isOver ? "   OVER THE TARGET" : ""}`,
    );
  }
}
