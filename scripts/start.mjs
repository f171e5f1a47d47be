// npm start
import { requireNode } from "./lib/node-version.mjs";

const USAGE = `npm start [-- options]

  --fresh       begin anew: forget the demo store (or, with --empty, the empty one)
  --empty       a store without demo people and without an index
  --port N      where the console listens (default: PORT, or 3000)
  --data PATH   where the store and the secret are kept (default: .data)
  --help

With REDIS_URL set that Redis is used as it is: nothing is started, nothing is seeded.
The other settings are in .env.example.`;

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { launch } = await import("./lib/launch.mjs");
await runMain(() => launch({ development: false, usage: USAGE, argv: process.argv.slice(2) }));
