/**
 * The limiter under load: 200 clients with connections of their own, 10 s, windows of one to three seconds.
 *
 * To judge without guessing, every transaction also carries an INCR and a TIME: the INCR gives all requests one
 * total order, Redis's own, in which each window's counts must be 1, 2, 3 … and start again only when the window
 * is over.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { toArray, toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import type { HitResult } from "./hit";
import { hitRateLimit } from "./hit";
import { openClients } from "./test-kit";
import type { RateLimitWindow } from "./windows";

const CLIENTS = 200;
const LOAD_MS = 10_000;
const userId = Buffer.from("alice");
const windows: RateLimitWindow[] = [
  { name: "one", field: "one", seconds: 1, defaultLimit: 50, period: "now" },
  { name: "two", field: "two", seconds: 2, defaultLimit: 200, period: "now" },
  { name: "three", field: "three", seconds: 3, defaultLimit: 1_000_000_000, period: "now" },
];

/** A store that learns, with each transaction, its place in Redis's order and Redis's time. */
class OrderedStore extends Store {
  order = 0;
  atMs = 0;
  override async countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    const [order, time, ...rest] = await super.transaction([["INCR", "order"], ["TIME"], ...commands]);
    const [seconds, micros] = toArray(time);
    this.order = toInt(order);
    this.atMs = toInt(seconds) * 1000 + toInt(micros) / 1000;
    return rest;
  }
}

interface Seen {
  order: number;
  atMs: number;
  result: HitResult;
}

const redis = testRedis({ queryEngine: false });
let limits: Store;
let clients: OrderedStore[] = [];

beforeAll(async () => {
  limits = new Store(redis.url());
  await limits.command("PING");
  clients = await openClients(CLIENTS, () => new OrderedStore(redis.url()));
});
afterAll(() => {
  for (const client of [limits, ...clients]) client.close();
});

async function loadFor(ms: number): Promise<Seen[]> {
  const seen: Seen[] = [];
  const endsAt = Date.now() + ms;
  await Promise.all(
    clients.map(async (client) => {
      while (Date.now() < endsAt) {
        const result = await hitRateLimit(client, limits, { userId, windows });
        seen.push({ order: client.order, atMs: client.atMs, result });
      }
    }),
  );
  return seen.sort((a, b) => a.order - b.order);
}

it(
  "is exact for 200 clients over 10 s",
  async () => {
    const seen = await loadFor(LOAD_MS);
    expect(seen.map(({ order }) => order)).toEqual(seen.map((_, at) => at + 1));
    for (const [at, window] of windows.entries()) {
      const broken: string[] = [];
      let [count, startedAtMs, allowed, ends] = [0, Number.NEGATIVE_INFINITY, 0, 0];
      for (const { order, atMs, result } of seen) {
        const hit = result.windows[at]!;
        const expected = hit.count === 1 ? 1 : count + 1;
        if (hit.count !== expected) broken.push(`request ${order}: ${hit.count} after ${count}`);
        if (hit.count === 1) {
          // A window lives to the millisecond; it may not end before its time.
          if (atMs - startedAtMs < window.seconds * 1000 - 1) broken.push(`request ${order}: ended early`);
          if (count > 0 && allowed !== Math.min(count, window.defaultLimit))
            broken.push(`allowed ${allowed}`);
          [startedAtMs, allowed, ends] = [atMs, 0, ends + 1];
        } else if (atMs - startedAtMs > window.seconds * 1000 + 5) broken.push(`request ${order}: late end`);
        if (hit.allowed !== hit.count <= window.defaultLimit) broken.push(`request ${order}: allowed`);
        if (hit.resetInMs > window.seconds * 1000) broken.push(`request ${order}: life ${hit.resetInMs}`);
        if (hit.allowed) allowed += 1;
        count = hit.count;
      }
      expect(broken.slice(0, 5), window.name).toEqual([]);
      expect(ends, window.name).toBeGreaterThanOrEqual(Math.floor(LOAD_MS / 1000 / window.seconds));
    }
    const lives = toArray(
      await limits.command("HPTTL", rateLimitKey(userId), "FIELDS", 3, "one", "two", "three"),
    );
    expect(lives).not.toContain(-1);
    expect(seen.length).toBeGreaterThan(2_000);
  },
  LOAD_MS + 15_000,
);
