// npm run demo:traffic
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runTraffic } = await import("./lib/run-traffic.mjs");
await runMain(() => runTraffic(process.argv.slice(2)));
