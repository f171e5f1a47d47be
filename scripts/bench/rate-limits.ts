/**
 * How much of Redis's own speed is left when a request is counted through the console's operation.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/rate-limits.ts
 *
 * On one connection each, with the same number of hits in flight, in turns of half a second:
 * - bare: the nine commands of a hit in one MULTI, straight through the Redis client
 * - hitRateLimit: the operation, which also knows the limits and judges the answer
 *
 * Turns, because a machine that does something else meanwhile slows both; the target is the middle of the shares of
 * all pairs of turns. Counts for people of its own, whose keys it removes at the end.
 */
import { randomBytes } from "node:crypto";
import { createClient } from "redis";
import { rateLimitKey } from "../../lib/redis/keys";
import { rateLimitWindows } from "../../lib/redis/limiter/config";
import { hitCommands, hitRateLimit } from "../../lib/redis/limiter/hit";
import { Store } from "../../lib/redis/store/store";
import { percentile } from "../lib/percentile.mjs";

const TURN_MS = 500;
const PAIRS = 20;
const IN_FLIGHT = 16;
const PEOPLE = 64;
const TARGET = 0.8;

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
const url = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const people = Array.from({ length: PEOPLE }, (_, n) => Buffer.from(`bench-rate-limits-${n}`));

class Runner {
  hits = 0;
  seconds = 0;
  readonly latencies: number[] = [];

  constructor(
    readonly name: string,
    readonly hit: (userId: Buffer) => Promise<unknown>,
  ) {}

  /** @returns hits per second */
  async turn(): Promise<number> {
    const startedAt = performance.now();
    const endsAt = startedAt + TURN_MS;
    let hits = 0;
    const slots = Array.from({ length: IN_FLIGHT }, async (_, slot) => {
      for (let n = slot; performance.now() < endsAt; n++) {
        const sentAt = performance.now();
        await this.hit(people[n % PEOPLE]!);
        this.latencies.push(performance.now() - sentAt);
        hits += 1;
      }
    });
    await Promise.all(slots);
    const seconds = (performance.now() - startedAt) / 1000;
    this.hits += hits;
    this.seconds += seconds;
    return hits / seconds;
  }

  line(): string {
    const at = (share: number) => percentile(this.latencies, share).toFixed(2);
    const perSecond = Math.round(this.hits / this.seconds).toLocaleString("en");
    return [this.name, perSecond, at(0.5), at(0.99)].map((cell) => cell.padStart(14)).join("");
  }
}

const raw = await createClient({ url, RESP: 2 })
  .on("error", () => {})
  .connect();
const store = new Store(url);
const limits = new Store(url);
await Promise.all([limits.command("PING"), store.command("PING")]);

const bare = new Runner("bare MULTI", (userId) => {
  const multi = raw.multi();
  for (const command of hitCommands(userId, rateLimitWindows())) {
    multi.addCommand(command.map((arg) => (typeof arg === "number" ? String(arg) : arg)));
  }
  return multi.exec();
});
const operation = new Runner("hitRateLimit", (userId) => hitRateLimit(store, limits, { userId }));

// The first turns of each warm up the compiler and count for nothing.
for (const runner of [bare, operation]) {
  await runner.turn();
  Object.assign(runner, { hits: 0, seconds: 0 }).latencies.length = 0;
}
const shares: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  // Each goes first as often as the other.
  const [first, second] = pair % 2 === 0 ? [bare, operation] : [operation, bare];
  const speeds = [await first.turn(), await second.turn()] as const;
  shares.push(pair % 2 === 0 ? speeds[1] / speeds[0] : speeds[0] / speeds[1]);
}
const share = percentile(shares, 0.5);

console.log(
  `Rate limits: one connection, ${IN_FLIGHT} hits in flight, three windows a hit, ${PAIRS} pairs of turns of ${TURN_MS} ms`,
);
console.log(["", "hits/s", "p50 ms", "p99 ms"].map((head) => head.padStart(14)).join(""));
for (const runner of [bare, operation]) console.log(runner.line());
console.log(
  `hitRateLimit runs at ${share.toFixed(2)} of the bare MULTI (target ≥ ${TARGET}), the knowing of its limits included.`,
);
if (share < TARGET) process.exitCode = 1;

await limits.pipeline(people.map((userId) => ["UNLINK", rateLimitKey(userId)] as const));
raw.destroy();
for (const opened of [store, limits]) opened.close();
