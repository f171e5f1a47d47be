// npm run bench
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runBench } = await import("./lib/run-bench.mjs");
await runMain(() => runBench(process.argv.slice(2)));
