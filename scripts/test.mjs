// npm test
import { requireNode } from "./lib/node-version.mjs";

const USAGE = `npm test [-- options]

  --only=PART[,PART]   types, lint, vitest, build, playwright
  --help

More words after a second -- go to the only runner that was chosen, for example
  npm test -- --only=vitest -- lib/redis/keys.test.ts`;

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runTests } = await import("./lib/run-tests.mjs");
await runMain(() => runTests(USAGE, process.argv.slice(2)));
