// npm run redis
import { requireNode } from "./lib/node-version.mjs";

const USAGE = `npm run redis [-- options]

Only the Redis server of npm start, on the same data; npm start joins it while it runs.

  --fresh       begin anew: forget what is in it
  --empty       the store without demo people
  --port N      where Redis listens (default: 6390, or a free port)
  --data PATH   where the data is kept (default: .data)
  --help`;

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runRedis } = await import("./lib/run-redis.mjs");
await runMain(() => runRedis(USAGE, process.argv.slice(2)));
