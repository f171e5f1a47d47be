/**
 * How much of Redis's own speed is left when a request is counted through the console's operation.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/rate-limits.ts
 *
 * Two runs of five seconds, with the same clients and the same number in flight, one after the other:
 * - bare: the nine commands of a hit in one MULTI, straight through the Redis client
 * - hitRateLimit: the operation, which also asks for the limits and judges the answer
 *
 * Counts for people of its own, whose keys it removes at the end.
 */
import { randomBytes } from "node:crypto";
import { createClient } from "redis";
import { rateLimitKey } from "../../lib/redis/keys";
import { RATE_LIMIT_WINDOWS } from "../../lib/redis/rate-limit-windows";
import { hitCommands, hitRateLimit } from "../../lib/redis/rate-limits/hit";
import { Store } from "../../lib/redis/store";

const RUN_MS = 5_000;
const CLIENTS = 8;
const IN_FLIGHT = 8;
const PEOPLE = 64;

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
const url = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const people = Array.from({ length: PEOPLE }, (_, n) => Buffer.from(`bench-rate-limits-${n}`));

interface Figures {
  name: string;
  hits: number;
  seconds: number;
  /** Sorted, ms. */
  latencies: number[];
}

async function run(name: string, clients: ((userId: Buffer) => Promise<unknown>)[]): Promise<Figures> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + RUN_MS;
  const workers = clients.flatMap((hit, client) =>
    Array.from({ length: IN_FLIGHT }, async (_, slot) => {
      for (let n = client * IN_FLIGHT + slot; performance.now() < endsAt; n++) {
        const sentAt = performance.now();
        await hit(people[n % PEOPLE]!);
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  await Promise.all(workers);
  const seconds = (performance.now() - startedAt) / 1000;
  return { name, hits: latencies.length, seconds, latencies: latencies.sort((a, b) => a - b) };
}

const raw = await Promise.all(
  Array.from({ length: CLIENTS }, () =>
    createClient({ url, RESP: 2 })
      .on("error", () => {})
      .connect(),
  ),
);
const stores = Array.from({ length: CLIENTS }, () => new Store(url));
const limits = new Store(url);
await limits.command("PING");
await Promise.all(stores.map((store) => store.command("PING")));

const bare = await run(
  "bare MULTI",
  raw.map((client) => (userId: Buffer) => {
    const multi = client.multi();
    for (const command of hitCommands(userId, RATE_LIMIT_WINDOWS)) {
      multi.addCommand(command.map((arg) => (typeof arg === "number" ? String(arg) : arg)));
    }
    return multi.exec();
  }),
);
const operation = await run(
  "hitRateLimit",
  stores.map((store) => (userId: Buffer) => hitRateLimit(store, limits, { userId })),
);

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(1) ?? "-";
console.log(
  `Rate limits: ${CLIENTS} clients, ${CLIENTS * IN_FLIGHT} hits in flight, three windows a hit, ${RUN_MS / 1000} s each`,
);
console.log(["", "hits/s", "p50 ms", "p99 ms"].map((head) => head.padStart(14)).join(""));
for (const { name, hits, seconds, latencies } of [bare, operation]) {
  const cells = [
    name,
    Math.round(hits / seconds).toLocaleString("en"),
    at(latencies, 0.5),
    at(latencies, 0.99),
  ];
  console.log(cells.map((cell) => cell.padStart(14)).join(""));
}
const share = operation.hits / operation.seconds / (bare.hits / bare.seconds);
console.log(
  `hitRateLimit runs at ${Math.round(share * 100)}% of the bare MULTI, the reading of its limits included.`,
);

await limits.pipeline(people.map((userId) => ["UNLINK", rateLimitKey(userId)] as const));
for (const client of raw) client.destroy();
for (const store of [...stores, limits]) store.close();
