// npm run verify-audit
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runAudit } = await import("./lib/run-audit.mjs");
await runMain(() => runAudit("verify", process.argv.slice(2)));
