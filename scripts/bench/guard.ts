/**
 * What the guard costs a read: session, operator, reveals and two door limits are asked before it, the answer is
 * masked after it.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/guard.ts
 *
 * The same read (the counters of one person) with and without, turn by turn, one at a time, so that both meet the
 * same machine. With CONSOLE_URL and CONSOLE_COOKIE the whole request over HTTP is measured too.
 */
import { randomBytes } from "node:crypto";
import { createMasker } from "../../lib/masking";
import { rateLimitKey } from "../../lib/redis/keys";
import { hitRateLimit } from "../../lib/redis/limiter/hit";
import { maskRateLimits } from "../../lib/redis/rate-limits/mask";
import { readRateLimits } from "../../lib/redis/rate-limits/read";
import { admit } from "../../lib/redis/sign-in/admit";
import { signInDemo } from "../../lib/redis/sign-in/sign-in";
import { Store } from "../../lib/redis/store/store";
import { sealRef } from "../../lib/refs";
import { percentile } from "../lib/percentile.mjs";

const ROUNDS = 2_000;
const TARGET_MS = 2;

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
process.env.CONSOLE_DEMO ??= "1";
const store = new Store(process.env.REDIS_URL ?? "redis://127.0.0.1:6379");
const userId = Buffer.from("bench-guard");
const ref = sealRef("user", userId);
await hitRateLimit(store, store, { userId });
const { token } = await signInDemo(store, { role: "support", agent: "bench" });

const read = () => readRateLimits(store, store, { userId });
async function guardedRead() {
  const admission = await admit(store, { token, address: "127.0.0.1", kind: "read" });
  if (!admission) throw new Error("nobody was let in");
  const masker = createMasker((subject) => admission.revealed.has(subject));
  return maskRateLimits(await read(), masker, { ref });
}

const bare: number[] = [];
const guarded: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const [work, times] of [
    [read, bare],
    [guardedRead, guarded],
  ] as const) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
}

const line = (name: string, times: number[]) =>
  console.log(
    `${name.padEnd(22)} p50 ${percentile(times, 0.5).toFixed(2)} ms   p95 ${percentile(times, 0.95).toFixed(2)} ms`,
  );
line("the read alone", bare);
line("with the guard", guarded);
const added = percentile(guarded, 0.5) - percentile(bare, 0.5);
console.log(`the guard adds          p50 ${added.toFixed(2)} ms   target ≤ ${TARGET_MS} ms`);

const { CONSOLE_URL, CONSOLE_COOKIE } = process.env;
if (CONSOLE_URL && CONSOLE_COOKIE) {
  const address = `${CONSOLE_URL}/api/users/${ref}/rate-limits`;
  const times: number[] = [];
  for (let round = 0; round < 300; round++) {
    const startedAt = performance.now();
    const answer = await fetch(address, { headers: { Cookie: CONSOLE_COOKIE } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the console answered ${answer.status}`);
    times.push(performance.now() - startedAt);
  }
  line("the request over HTTP", times.slice(50));
}

await store.command("UNLINK", rateLimitKey(userId));
store.close();
if (added > TARGET_MS) process.exitCode = 1;
