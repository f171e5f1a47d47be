import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { eraseConsoleState } from "../erasure/console-state";
import { toArray, toInt, toMap } from "../store/reply";
import { Store } from "../store/store";
import { appendHistory, fadeHistory, KEEP_ENTRIES, keepHistory, moveHistory, readHistory } from "./history";
import type { MemoryChange } from "./history-schema";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const alice = Buffer.from("alice");
const one = { category: Buffer.from("pref"), number: Buffer.from("001") };
const two = { category: Buffer.from("work"), number: Buffer.from("001") };
const by = { id: "dora", name: "Dora" };
const key = consoleKeys.memoryHistory(subjectOf(alice));
const text = (after: string): MemoryChange[] => [{ what: "content", before: "golden key", after }];
const read = (memory = one, version: string | null = null) =>
  readHistory(store, { userId: alice, memory, version });
const lives = async () => {
  const names = [...toMap(await store.command("HGETALL", key)).keys()].map((name) =>
    Buffer.from(name, "latin1"),
  );
  return toArray(await store.command("HPTTL", key, "FIELDS", names.length, ...names)).map(toInt);
};

test("the newest edit comes first, with who did it and what was there before", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver") }]);
  await appendHistory(store, alice, by, "repair", [{ memory: one, changes: text("iron") }]);
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: [] }]);
  const { entries, changedElsewhere } = await read();
  expect(entries.map(({ deed, changes }) => [deed, changes[0]?.after])).toEqual([
    ["repair", "iron"],
    ["edit", "silver"],
  ]);
  expect(entries[0]).toMatchObject({ by: "Dora", byId: "dora", atMs: expect.closeTo(Date.now(), -4) });
  expect(changedElsewhere).toBe(false);
  expect((await read(two)).entries).toEqual([]);
});

test("the console's state holds no text, no category and no id in clear", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver") }]);
  const stored =
    toArray(await store.command("HGETALL", key))
      .map(String)
      .join(" ") + key;
  expect(stored).not.toMatch(/golden|silver|pref|alice|dora/i);
  expect(stored.length).toBeGreaterThan(100);
});

test("fifty entries are kept of a memory, and of long texts fewer", async () => {
  for (let at = 0; at < KEEP_ENTRIES + 5; at += 1) {
    await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text(`text ${at}`) }]);
  }
  const { entries } = await read();
  expect(entries).toHaveLength(KEEP_ENTRIES);
  expect([entries[0], entries.at(-1)].map((entry) => entry?.changes[0]?.after)).toEqual([
    "text 54",
    "text 5",
  ]);
  for (let at = 0; at < 20; at += 1) {
    await appendHistory(store, alice, by, "edit", [
      { memory: two, changes: text(`${at} ${"x".repeat(9_000)}`) },
    ]);
  }
  const long = (await read(two)).entries;
  expect(long.length).toBeGreaterThanOrEqual(10);
  expect(long.length).toBeLessThan(20 + 1);
  expect(long[0]?.changes[0]?.after).toMatch(/^19 x+…$/);
  expect(
    toInt(await store.command("HSTRLEN", key, String(toArray(await store.command("HKEYS", key))[1]))),
  ).toBeLessThan(300_000);
});

test("it is kept for 90 days after the last edit, and not longer than the memory", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver") }]);
  expect((await lives())[0]).toBeGreaterThan(89 * 86_400_000);
  await appendHistory(store, alice, by, "life", [{ memory: one, changes: text("x"), ttlMs: 5_000 }]);
  expect((await lives())[0]).toBeLessThanOrEqual(5_000);
});

test("somebody else's change since the last edit is told", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver"), version: "v2" }]);
  expect((await read(one, "v2")).changedElsewhere).toBe(false);
  expect((await read(one, "v3")).changedElsewhere).toBe(true);
});

test("it goes along with another name, fades with a deletion and stays with its undo", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver") }]);
  await moveHistory(store, alice, one, two);
  expect((await read(one)).entries).toEqual([]);
  expect((await read(two)).entries).toHaveLength(1);
  expect((await lives())[0]).toBeGreaterThan(89 * 86_400_000);
  await fadeHistory(store, alice, [two]);
  expect((await lives())[0]).toBeLessThanOrEqual(20_000);
  await keepHistory(store, alice, [two]);
  expect((await lives())[0]).toBeGreaterThan(89 * 86_400_000);
  await moveHistory(store, alice, one, two);
  expect((await read(two)).entries).toHaveLength(1);
});

test("an erasure of the person takes all of it", async () => {
  await appendHistory(store, alice, by, "edit", [{ memory: one, changes: text("silver") }]);
  await appendHistory(store, Buffer.from("Alice"), by, "edit", [{ memory: one, changes: text("hers") }]);
  await eraseConsoleState(store, alice);
  expect(await store.command("EXISTS", key)).toBe(0);
  const hers = await readHistory(store, { userId: Buffer.from("Alice"), memory: one, version: null });
  expect(hers.entries).toHaveLength(1);
});
