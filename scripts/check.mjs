// npm run check
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { PROJECT_ROOT } = await import("./lib/project.mjs");
const { ensurePackages } = await import("./lib/packages.mjs");
const { checkLint, checkTypes } = await import("./lib/checks.mjs");
const { printSum } = await import("./lib/results.mjs");
const { step } = await import("./lib/steps.mjs");

await runMain(async () => {
  await step("packages", (note) => ensurePackages(PROJECT_ROOT, note));
  process.exitCode = printSum(await Promise.all([checkTypes(PROJECT_ROOT), checkLint(PROJECT_ROOT)]));
});
