import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { toText } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { describeIndexes, readIndexInfo } from "./index-info";
import { forgetIndexInfo } from "./recent-info";

const redis = testRedis();
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  forgetIndexInfo(store);
});

async function create(name: string, prefix: string, documents: number) {
  const keys = Array.from(
    { length: documents },
    (_, at): Command => ["HSET", `${prefix}${at}`, "user_id", "a"],
  );
  for (let at = 0; at < keys.length; at += 1_000) await store.pipeline(keys.slice(at, at + 1_000), 20_000);
  await store.command("FT.CREATE", name, "ON", "HASH", "PREFIX", 1, prefix, "SCHEMA", "user_id", "TAG");
  for (let tries = 0; tries < 500; tries += 1) {
    const found = await store.command("FT.SEARCH", name, "*", "LIMIT", 0, 0, "DIALECT", 2);
    if (Number((found as number[])[0]) === documents) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  forgetIndexInfo(store);
  await store.command("CONFIG", "RESETSTAT");
}

async function asked(): Promise<number> {
  const stats = toText(await store.command("INFO", "commandstats"));
  return Number(/cmdstat_FT\.INFO:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

test("a large index is asked once, also by many at once, until it is forgotten", async () => {
  await create("idx:large", "user:l:pref:", 10_000);
  const first = await readIndexInfo(store, "idx:large");
  expect(first).toMatchObject({ documents: 10_000, percentIndexed: 1 });
  expect(await asked()).toBe(1);
  const again = await Promise.all([readIndexInfo(store, "idx:large"), readIndexInfo(store, "idx:large")]);
  expect(again).toEqual([first, first]);
  expect((await describeIndexes(store)).indexes).toEqual([first]);
  expect(await asked()).toBe(1);
  forgetIndexInfo(store);
  await readIndexInfo(store, "idx:large");
  expect(await asked()).toBe(2);
}, 60_000);

test("what was believed for its time is asked again by one of many", async () => {
  await create("idx:large", "user:l:pref:", 10_000);
  await readIndexInfo(store, "idx:large");
  // 10,000 documents are believed for half a second.
  await new Promise((resolve) => setTimeout(resolve, 600));
  await Promise.all(Array.from({ length: 8 }, () => readIndexInfo(store, "idx:large")));
  expect(await asked()).toBe(2);
}, 60_000);

test("a small one is asked each time, and one that is not there too", async () => {
  await create("idx:small", "user:s:pref:", 3);
  for (let time = 1; time <= 3; time += 1) {
    expect(await readIndexInfo(store, "idx:small")).toMatchObject({ documents: 3 });
    expect(await asked()).toBe(time);
  }
  expect(await readIndexInfo(store, "idx:none")).toBeNull();
  await create("idx:none", "user:n:pref:", 1);
  expect(await readIndexInfo(store, "idx:none")).toMatchObject({ documents: 1 });
});
