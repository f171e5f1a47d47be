/** `npm start` and `npm run dev`: from nothing to a console that answers. */
import { join, resolve } from "node:path";
import { ensureBuild, standaloneFolder } from "./build.mjs";
import { startConsole } from "./console-server.mjs";
import { dataFolder, readOrMakeSecret } from "./data-folder.mjs";
import { holdOutput } from "./held-output.mjs";
import { exposure, refuseUnusablePlace } from "./listening.mjs";
import { ensurePackages } from "./packages.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { checkEnvironment, loadEnvFile, readSettings, VARIABLES } from "./settings.mjs";
import { formatSeconds, step } from "./steps.mjs";
import { isStopping, onStop } from "./stopper.mjs";
import { openStore, seedDemo } from "./store.mjs";

/** @typedef {import("./settings.mjs").Settings} Settings */

/**
 * @param {{development: boolean, usage: string, argv: string[]}} options
 * @returns {Promise<void>} when the console has ended
 */
export async function launch({ development, usage, argv }) {
  const began = performance.now();
  loadEnvFile(PROJECT_ROOT);
  const given = VARIABLES.filter((name) => process.env[name]);
  const settings = readSettings(argv, { usage, root: PROJECT_ROOT });
  if (!settings) return;
  const secret = process.env.CONSOLE_SECRET || readOrMakeSecret(dataFolder(settings.data, settings).secret);

  // What does not wait for something else runs beside it: that is most of a first start's time.
  const packages = step("packages", (note) => ensurePackages(PROJECT_ROOT, note)).then(async () => {
    if (given.length > 0) await checkEnvironment(PROJECT_ROOT, { ...process.env, CONSOLE_SECRET: secret });
  });
  const build = development
    ? packages
    : packages.then(() => step("build", (note) => ensureBuild(PROJECT_ROOT, note)));
  const [store] = await Promise.all([prepareStore(settings, secret, packages), build]);

  const isDemo = !settings.redisUrl && !settings.empty;
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, REDIS_URL: store.url, CONSOLE_SECRET: secret };
  if (isDemo) env.CONSOLE_DEMO = "1";
  // A build runs in a folder of its own, which the next build empties.
  const mirror = env.AUDIT_MIRROR;
  if (mirror && mirror !== "stdout") env.AUDIT_MIRROR = resolve(PROJECT_ROOT, mirror);
  const output = holdOutput((text) => process.stdout.write(text));
  const server = await step("console", async () => {
    await refuseUnusablePlace(settings);
    return startConsole({
      ...(development ? developmentServer(settings) : productionServer(env)),
      env,
      ...settings,
      onOutput: output.take,
      timeoutMs: development ? 120_000 : 30_000,
    });
  });
  onStop(server.stop);
  store.publish({ console: { url: server.url, pid: server.pid, identity: server.identity } });
  printWelcome(server, store, formatSeconds(performance.now() - began));
  const warning = exposure(settings);
  if (warning) console.log(`  ${warning}\n`);
  output.open(server.output());

  const code = await server.ended;
  if (isStopping()) return;
  throw new Error(
    `The console has ended by itself (exit code ${code}):\n${server.output().trim().slice(-2000)}`,
  );
}

/**
 * @param {Settings} settings
 * @param {string} secret
 * @param {Promise<void>} packages the seed is a TypeScript program and needs them
 * @returns {Promise<Pick<import("./store.mjs").Store, "url" | "cliLine" | "publish">>}
 */
async function prepareStore(settings, secret, packages) {
  if (settings.redisUrl) {
    // Never printed: it may hold a password.
    return { url: settings.redisUrl, cliLine: 'redis-cli -u "$REDIS_URL"', publish: () => {} };
  }
  const engine = await step("engine", async (note) => {
    const found = await findEngine({ log: note });
    note(found.title);
    return found;
  });
  const store = await step("redis", async (note) => {
    const opened = await openStore({ engine, ...settings, port: undefined });
    note(opened.title);
    return opened;
  });
  await packages;
  if (!settings.empty) {
    await step("demo people", (note) => seedDemo({ root: PROJECT_ROOT, url: store.url, secret }, note));
  }
  return store;
}

/** @param {NodeJS.ProcessEnv} env */
function productionServer(env) {
  env.NODE_ENV = "production";
  return { args: [join(standaloneFolder(PROJECT_ROOT), "server.js")], cwd: standaloneFolder(PROJECT_ROOT) };
}

/** @param {Settings} settings */
function developmentServer({ host, port }) {
  const next = join(PROJECT_ROOT, "node_modules/next/dist/bin/next");
  return { args: [next, "dev", "--hostname", host, "--port", String(port)], cwd: PROJECT_ROOT };
}

/**
 * @param {import("./console-server.mjs").ConsoleServer} server
 * @param {{cliLine: string}} store
 * @param {string} time
 */
function printWelcome(server, store, time) {
  if (server.healthStatus === 503) {
    console.log("\n  The store does not answer. The console runs and shows it as soon as it does.");
  }
  console.log(`
  Memory Console   ${server.url}
  redis-cli        ${store.cliLine}

  Ready after ${time}. Ctrl-C stops everything.
`);
}
