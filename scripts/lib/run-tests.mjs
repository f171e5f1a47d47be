/** `npm test`: everything that has to hold, from a bare checkout to one last line. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuild } from "./build.mjs";
import { checkLint, checkTypes } from "./checks.mjs";
import { prepareTemplate } from "./demo-template.mjs";
import { ensurePackages } from "./packages.mjs";
import { run } from "./processes.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { countPlaywright, countVitest, judge, printSum } from "./results.mjs";
import { step } from "./steps.mjs";
import { isStopping } from "./stopper.mjs";

/** @typedef {import("./checks.mjs").PartResult} PartResult */

const PARTS = ["types", "lint", "vitest", "build", "playwright"];
const REPORTS = join(PROJECT_ROOT, "test-results");

/**
 * @param {string} usage
 * @param {string[]} argv
 */
export async function runTests(usage, argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { only: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(usage);
  const chosen = values.only?.split(",") ?? PARTS;
  const unknown = chosen.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) throw new Error(`There is no part "${unknown.join(", ")}".\n\n${usage}`);

  /** @type {PartResult[]} */
  let results = [];
  try {
    results = await runParts(new Set(chosen), positionals);
  } catch (error) {
    // Whatever could not be prepared counts as failed: the last line is always there, and true.
    results = [
      { name: "preparation", passed: 0, failed: 1, output: String(/** @type {Error} */ (error).message) },
    ];
  }
  if (!isStopping()) process.exitCode = printSum(results);
}

/**
 * @param {Set<string>} chosen
 * @param {string[]} words for the runner
 * @returns {Promise<PartResult[]>}
 */
async function runParts(chosen, words) {
  const { env, hasBrowser } = await prepare(chosen);
  /** @type {PartResult[]} */
  const results = [];
  const keep = (/** @type {PartResult} */ result) => {
    results.push(result);
    return result.failed === 0;
  };
  // Quick and telling: first, and both at once.
  await Promise.all([
    chosen.has("types") && checkTypes(PROJECT_ROOT).then(keep),
    chosen.has("lint") && checkLint(PROJECT_ROOT).then(keep),
  ]);

  const forBrowser = chosen.has("playwright");
  const template = join(REPORTS, "demo-template");
  const [isBuilt, isSeeded] = await Promise.all([
    (chosen.has("build") || forBrowser) && makeBuild().then(keep),
    forBrowser && makeTemplate(template).then(keep),
  ]);
  // Alone: some of these tests measure time, and a build beside them takes all there is.
  if (chosen.has("vitest")) keep(await runVitest(env, words));
  if (forBrowser && isBuilt && isSeeded && hasBrowser) {
    keep(await runPlaywright({ ...env, DEMO_TEMPLATE: template }, words));
  }
  rmSync(template, { recursive: true, force: true });
  return results;
}

/** @param {Set<string>} chosen */
async function prepare(chosen) {
  const engineWanted = chosen.has("vitest") || chosen.has("playwright");
  mkdirSync(REPORTS, { recursive: true });
  const packages = step("packages", (note) => ensurePackages(PROJECT_ROOT, note));
  const engine =
    engineWanted && step("engine", async (note) => note((await findEngine({ log: note })).title));
  const browser =
    chosen.has("playwright") &&
    packages.then(() => step("browser", (note) => ensureBrowser(PROJECT_ROOT, note)));
  const [, , browserPath] = await Promise.all([packages, engine, browser]);
  const env = { ...process.env, ...(browserPath ? { CHROMIUM_PATH: browserPath } : {}) };
  return { env, hasBrowser: Boolean(browserPath) };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} words
 */
function runVitest(env, words) {
  const report = join(REPORTS, "vitest.json");
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  return runRunner("vitest", [...args, ...words], env, report, countVitest);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} words
 */
function runPlaywright(env, words) {
  const report = join(REPORTS, "playwright.json");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=line,json"];
  const reportEnv = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  return runRunner("playwright", [...args, ...words], reportEnv, report, countPlaywright);
}

/**
 * @param {string} name
 * @param {string[]} args for node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} report
 * @param {(path: string) => {passed: number, failed: number}} count
 * @returns {Promise<PartResult>}
 */
async function runRunner(name, args, env, report, count) {
  // Yesterday's report must not speak for a runner that crashed today.
  rmSync(report, { force: true });
  let result = { name, passed: 0, failed: 1, output: "" };
  await step(name, async (note) => {
    const { code, stdout, stderr } = await run(process.execPath, args, {
      cwd: PROJECT_ROOT,
      env: { ...env, NO_COLOR: "1", FORCE_COLOR: undefined },
    });
    result = judge(name, code, () => count(report), `${stdout}\n${stderr}`);
    note(`${result.passed} passed, ${result.failed} failed`);
    if (result.failed > 0) throw new Error("failed");
  }).catch(() => {});
  return result;
}

/** @returns {Promise<PartResult>} */
function makeBuild() {
  return asPart("build", 1, (note) => ensureBuild(PROJECT_ROOT, note));
}

/**
 * The demo store, made once for every worker of the browser tests.
 * @param {string} folder
 * @returns {Promise<PartResult>}
 */
function makeTemplate(folder) {
  return asPart("demo people", 0, (note) => prepareTemplate(folder, note));
}

/**
 * @param {string} name
 * @param {number} passed what its success counts
 * @param {(note: (text: string) => void) => Promise<void>} work
 * @returns {Promise<PartResult>}
 */
async function asPart(name, passed, work) {
  try {
    await step(name, work);
    return { name, passed, failed: 0, output: "" };
  } catch (error) {
    return { name, passed: 0, failed: 1, output: /** @type {Error} */ (error).message };
  }
}
