// npm run dev
import { requireNode } from "./lib/node-version.mjs";

const USAGE = `npm run dev [-- options]

The same as npm start, but from the sources, which may change meanwhile.

  --fresh       begin anew: forget the demo store (or, with --empty, the empty one)
  --empty       a store without demo people and without an index
  --port N      where the console listens (default: PORT, or 3000)
  --data PATH   where the store and the secret are kept (default: .data)
  --help`;

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { launch } = await import("./lib/launch.mjs");
await runMain(() => launch({ development: true, usage: USAGE, argv: process.argv.slice(2) }));
