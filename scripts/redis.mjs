// A stand-in until the server commands are complete: npm run redis
import { mkdirSync } from "node:fs";
import { findEngine } from "./lib/redis-engine.mjs";
import { startRedis } from "./lib/redis-server.mjs";

mkdirSync(".data/empty", { recursive: true });
const engine = await findEngine({ log: console.log });
const server = await startRedis({ engine, dataFolder: ".data/empty" });
console.log(`${server.url}\n${server.cli.join(" ")}`);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.stop());
setInterval(() => {}, 1e9).ref();
await server.ended;
process.exit(0);
