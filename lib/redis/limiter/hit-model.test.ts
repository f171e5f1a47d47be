/**
 * The limiter against a model, with 200 clients over the edges of short windows, while operators reset counters and
 * programs take their lives away. Redis itself says in which order and when everything happened: each transaction also
 * carries an INCR and a TIME. The model is given that order and must count the same.
 *
 * LIMITER_RUNS says how many runs (default 4, some 2.5 s each); FC_SEED repeats one, which a failure prints.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { forgetRecentLimits } from "./cache";
import { hitRateLimit } from "./hit";
import { openClients } from "./test-kit";
import type { RateLimitWindow } from "./windows";

const CLIENTS = 200;
const RUNS = Number(process.env.LIMITER_RUNS ?? 4);
const SEED = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
const LOAD_MS = 2_300;
/** TIME is asked beside the count, and a field ends by the clock of its command: they may differ by so much. */
const EDGE_MS = 2;

class OrderedStore extends Store {
  order = 0;
  atMs = 0;
  override async countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    const [order, time, ...rest] = await super.countingTransaction([["INCR", "order"], TIME, ...commands]);
    this.order = toInt(order);
    this.atMs = Number(time);
    return rest;
  }
}
/** TIME answers with texts, which a counting transaction does not decode; the script gives the same as one number. */
const TIME: Command = [
  "EVAL",
  "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)",
  0,
];

type Event = { order: number; atMs: number } & (
  | { what: "hit"; counts: number[]; allowed: boolean[]; resetInMs: number[] }
  | { what: "reset" | "stick"; window: number }
);

const redis = testRedis({ queryEngine: false });
let limits: Store;
let clients: OrderedStore[] = [];

beforeAll(async () => {
  limits = new Store(redis.url());
  await limits.command("PING");
  clients = await openClients(CLIENTS, () => new OrderedStore(redis.url()));
});
beforeEach(async () => {
  await redis.flush();
});
afterAll(() => {
  for (const client of [limits, ...clients]) client.close();
});

const plan = fc.record({
  people: fc.integer({ min: 1, max: 3 }),
  windows: fc.array(
    fc.record({ seconds: fc.integer({ min: 1, max: 2 }), limit: fc.integer({ min: 1, max: 400 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  /** How long a client thinks between two requests; bursts and trickles. */
  thinkMs: fc.integer({ min: 0, max: 40 }),
  /** What somebody else does to the counters meanwhile. */
  meddling: fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: LOAD_MS }),
      what: fc.constantFrom("reset" as const, "stick" as const),
      person: fc.nat({ max: 2 }),
      window: fc.nat({ max: 2 }),
    }),
    { maxLength: 6 },
  ),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

async function run({
  people,
  windows: given,
  thinkMs,
  meddling,
}: Plan): Promise<[RateLimitWindow[], Event[][]]> {
  const windows = given.map(({ seconds, limit }, at): RateLimitWindow => {
    const name = `w${at}`;
    return { name, field: name, seconds, defaultLimit: limit, period: name };
  });
  const ids = Array.from({ length: people }, (_, n) => Buffer.from(`p${n}`));
  const seen: Event[][] = ids.map(() => []);
  const endsAt = Date.now() + LOAD_MS;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const meddlers = meddling.map(async ({ afterMs, what, person, window }) => {
    await pause(afterMs);
    const [who, at] = [person % people, window % windows.length];
    const command: Command =
      what === "reset"
        ? ["HDEL", rateLimitKey(ids[who]!), windows[at]!.field]
        : ["HPERSIST", rateLimitKey(ids[who]!), "FIELDS", 1, windows[at]!.field];
    const [order, time] = await limits.countingTransaction([["INCR", "order"], TIME, command]);
    seen[who]!.push({ what, window: at, order: toInt(order), atMs: Number(time) });
  });
  const loads = clients.map(async (client, n) => {
    const who = n % people;
    while (Date.now() < endsAt) {
      const hit = await hitRateLimit(client, limits, { userId: ids[who]!, windows });
      seen[who]!.push({
        ...{ what: "hit", order: client.order, atMs: client.atMs },
        counts: hit.windows.map(({ count }) => count),
        allowed: hit.windows.map(({ allowed }) => allowed),
        resetInMs: hit.windows.map(({ resetInMs }) => resetInMs),
      });
      if (thinkMs > 0) await pause(Math.random() * 2 * thinkMs);
    }
  });
  await Promise.all([...meddlers, ...loads]);
  return [windows, seen.map((events) => events.sort((a, b) => a.order - b.order))];
}

/** One counter, as it should be: no value, or a count with an end (Infinity once its life was taken away). */
function broken(events: Event[], at: number, { seconds, defaultLimit, name }: RateLimitWindow): string[] {
  const wrong: string[] = [];
  let count = 0;
  let endsMs = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const isOver = event.atMs > endsMs + EDGE_MS;
    const isRunning = event.atMs < endsMs - EDGE_MS;
    if (event.what !== "hit") {
      if (event.window !== at) continue;
      if (event.what === "reset") [count, endsMs] = [0, Number.NEGATIVE_INFINITY];
      else if (isRunning) endsMs = Number.POSITIVE_INFINITY;
      // At the very edge nobody knows whether there was anything to take the life from; the next hit tells.
      else if (!isOver) endsMs = Number.NaN;
      continue;
    }
    const seen = event.counts[at]!;
    const say = (what: string) => wrong.push(`${name}, request ${event.order}: ${what}`);
    if (Number.isNaN(endsMs)) [count, endsMs] = [seen, event.atMs + event.resetInMs[at]!];
    else {
      const begins = isOver || (!isRunning && seen === 1);
      const expected = begins ? 1 : count + 1;
      if (seen !== expected) say(`counted ${seen}, the model ${expected}`);
      count = seen;
      if (begins || endsMs === Number.POSITIVE_INFINITY) endsMs = event.atMs + seconds * 1000;
    }
    if (event.allowed[at] !== seen <= defaultLimit) say("is wrongly allowed or refused");
    if (Math.abs(event.atMs + event.resetInMs[at]! - endsMs) > EDGE_MS) say(`ends at another time`);
  }
  return wrong;
}

it(
  `counts as the model does, 200 clients, ${RUNS} runs, seed ${SEED}`,
  async () => {
    let requests = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (given) => {
        await redis.flush();
        forgetRecentLimits(limits);
        const [windows, seen] = await run(given);
        for (const events of seen) {
          requests += events.length;
          for (const [at, window] of windows.entries())
            expect(broken(events, at, window).slice(0, 5)).toEqual([]);
        }
      }),
      // Times are of the machine: a failure is told as it was, and not made smaller by running it again and again.
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(requests).toBeGreaterThan(RUNS * CLIENTS);
  },
  RUNS * 15_000 + 15_000,
);
