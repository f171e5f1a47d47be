import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allKeys } from "../../testing/keyspace";
import { bytes, createIndex, indexTotal, latin1, personCommands } from "../../testing/people";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { overrideField } from "../limiter/settings";
import { BUILT_IN_WINDOWS } from "../limiter/windows";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { totalOf } from "./counts";
import { eraseUser } from "./erase";
import { countsOf, previewErasure } from "./preview";

const redis = testRedis({ args: ["--enable-debug-command", "yes"] });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

describe("the index", () => {
  test("the tutorial's index, which folds case, finds nothing of alice afterwards and still finds Alice", async () => {
    await createIndex(store);
    await store.pipeline([...personCommands(bytes("alice")), ...personCommands(bytes("Alice"))]);
    expect(await indexTotal(store, "@user_id:{alice}")).toBe(6);
    const result = await eraseUser(store, store, { userId: bytes("alice") });
    expect(result).toMatchObject({ status: "verified", indexedLeft: 0 });
    expect(await indexTotal(store, "@user_id:{alice}")).toBe(3);
  });

  test("a case-sensitive index finds nothing afterwards", async () => {
    await createIndex(store, "CASESENSITIVE", "SEPARATOR", ";");
    await store.pipeline(personCommands(bytes("a,b")));
    expect(await indexTotal(store, "@user_id:{a\\,b}")).toBe(3);
    expect((await eraseUser(store, store, { userId: bytes("a,b") })).indexedLeft).toBe(0);
    expect(await indexTotal(store, "@user_id:{a\\,b}")).toBe(0);
  });

  test("an id that no query can name: nothing is said about the index, and everything goes", async () => {
    await createIndex(store);
    const userId = Buffer.from("a\x01b");
    await store.pipeline(personCommands(userId));
    expect((await previewErasure(store, store, { userId })).indexedDocuments).toBeNull();
    expect(await eraseUser(store, store, { userId })).toMatchObject({
      status: "verified",
      indexedLeft: null,
    });
    expect(await allKeys(store)).toEqual([]);
    expect(await indexTotal(store, "*")).toBe(0);
  });

  test("a memory that lies under another's name is found by the index, shown, and goes only when ticked", async () => {
    await createIndex(store);
    const elsewhere = memoryKey(bytes("bob"), bytes("work"), bytes("7"));
    await store.command("HSET", elsewhere, "user_id", "a,b", "content", "whose?");
    await store.pipeline(personCommands(bytes("a,b")));
    const userId = bytes("a,b");
    const preview = await previewErasure(store, store, { userId });
    expect(preview.disputed.items).toMatchObject([
      { reason: "other-owner", otherUser: "bob", foundBy: "index" },
    ]);
    expect(preview.indexedDocuments).toBe(4);
    const first = await eraseUser(store, store, { userId });
    expect(first).toMatchObject({ status: "partial", disputedLeft: { "other-owner": 1 }, indexedLeft: 1 });
    expect(await allKeys(store)).toEqual([latin1(elsewhere)]);
    const second = await eraseUser(store, store, { userId, includeDisputed: [elsewhere] });
    expect(second).toMatchObject({ status: "verified", erased: { disputed: 1 }, indexedLeft: 0 });
    expect(await allKeys(store)).toEqual([]);
  });
});

describe("disputed keys", () => {
  const alice = bytes("alice");
  const strays: Command[] = [
    ["SET", "user:alice", "bare"],
    ["SET", "user:alice:pref:bad", "no hash"],
    ["HSET", "user:alice:pref:bobs", "user_id", "bob"],
    ["HSET", "user:{alice}:pref:1", "content", "hash tag"],
    ["SET", "user:alice:profile\xff", "odd"],
  ];

  test("are reported with their reason and left alone", async () => {
    await store.pipeline([...personCommands(alice), ...strays]);
    const preview = await previewErasure(store, store, { userId: alice });
    const reasons = Object.fromEntries(
      preview.disputed.items.map(({ display, reason }) => [display, reason]),
    );
    expect(reasons).toEqual({
      "user:alice": "outside-grammar",
      "user:alice:pref:bad": "wrong-type",
      "user:alice:pref:bobs": "other-owner",
      "user:{alice}:pref:1": "other-form",
      "user:alice:profileÿ": "outside-grammar",
    });
    const result = await eraseUser(store, store, { userId: alice });
    expect(result.status).toBe("partial");
    expect(result.disputedLeft).toEqual({
      "outside-grammar": 2,
      "wrong-type": 1,
      "other-owner": 1,
      "other-form": 1,
    });
    expect(await allKeys(store)).toHaveLength(strays.length);
  });

  test("go when they are named, and only those", async () => {
    await store.pipeline([...personCommands(alice), ...strays]);
    const result = await eraseUser(store, store, {
      userId: alice,
      includeDisputed: [bytes("user:alice"), bytes("user:alice:pref:bobs")],
    });
    expect(result.erased.disputed).toBe(2);
    expect(await allKeys(store)).toEqual([
      "user:alice:pref:bad",
      "user:alice:profile\xc3\xbf",
      "user:{alice}:pref:1",
    ]);
  });

  test("naming a key that is plainly somebody else's, or nobody's, erases nothing", async () => {
    const others: Command[] = [
      ["HSET", "user:bob:pref:1", "user_id", "bob"],
      ["HSET", "user:alice:admin:pref:1", "user_id", "alice:admin"],
      ["SET", "user:bob", "bare"],
      ["SET", "something", "else"],
      ["SET", "console:demo:seeded", "1"],
    ];
    await store.pipeline(others);
    const includeDisputed = others.map((command) => bytes(command[1] as string));
    const result = await eraseUser(store, store, { userId: alice, includeDisputed });
    expect(totalOf(result.erased)).toBe(0);
    expect(await allKeys(store)).toHaveLength(others.length);
  });
});

test("what the console keeps of a person goes too, and only of this person", async () => {
  const field = (id: string) => overrideField(bytes(id), BUILT_IN_WINDOWS[0]!);
  await store.command("HSET", "console:rate-limits:overrides", field("alice"), "{}", field("Alice"), "{}");
  const preview = await previewErasure(store, store, { userId: bytes("alice") });
  expect(countsOf(preview.holdings).console).toBe(1);
  expect(preview.keys).toBe(0);
  const result = await eraseUser(store, store, { userId: bytes("alice") });
  expect(result).toMatchObject({ status: "verified", erased: { console: 1 } });
  expect(toInt(await store.command("HLEN", "console:rate-limits:overrides"))).toBe(1);
});
