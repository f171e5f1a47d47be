import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BAD_IDS } from "../../testing/bad-ids";
import { allKeys, snapshot } from "../../testing/keyspace";
import { bytes, createIndex, latin1, personCommands, TWINS } from "../../testing/people";
import { testRedis } from "../../testing/redis";
import { bareUserKey, memoryKey, rateLimitKey, sessionKey } from "../keys";
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

describe("twins", () => {
  test.each(TWINS.map((id) => [id.toString(), id] as const))(
    "erasing %s leaves all others as they were",
    async (_name, victim) => {
      await createIndex(store);
      await store.pipeline(TWINS.flatMap((id) => personCommands(id)));
      const before = await snapshot(store);
      const preview = await previewErasure(store, store, { userId: victim });
      const result = await eraseUser(store, store, { userId: victim });
      const after = await snapshot(store);
      expect(preview.keys).toBe(6);
      expect(result.erased).toEqual(countsOf(preview.holdings));
      expect(before.size - after.size).toBe(6);
      for (const [key, digest] of after) expect(before.get(key), key).toBe(digest);
      const mine = personCommands(victim).map((command) => latin1(command[1] as Buffer));
      for (const key of mine) expect(after.has(key), key).toBe(false);
      expect(result.indexedLeft).toBe(0);
      const again = await eraseUser(store, store, { userId: victim });
      expect(totalOf(again.erased)).toBe(0);
      expect(again.passes).toBe(2);
    },
  );

  test.each(BAD_IDS)("id: %s", async (_what, victim) => {
    await store.pipeline(BAD_IDS.flatMap(([, id]) => personCommands(id, 1, 1)));
    const before = await snapshot(store);
    const result = await eraseUser(store, store, { userId: victim });
    const after = await snapshot(store);
    expect(totalOf(result.erased)).toBe(3);
    expect(before.size - after.size).toBe(3);
    for (const [key, digest] of after) expect(before.get(key)).toBe(digest);
    for (const command of personCommands(victim, 1, 1))
      expect(after.has(latin1(command[1] as Buffer))).toBe(false);
  });
});

test("an empty id is nobody: nothing is looked for, nothing goes", async () => {
  await store.pipeline(personCommands(bytes("alice")));
  const nobody = Buffer.alloc(0);
  await expect(eraseUser(store, store, { userId: nobody })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(previewErasure(store, store, { userId: nobody })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(await allKeys(store)).toHaveLength(6);
});

test("over random keyspaces: exactly the plain keys of the person go, everything else is equal", async () => {
  interface Written {
    key: Buffer;
    commands: Command[];
    /** Whose it plainly is, null when that is in doubt. */
    owner: Buffer | null;
  }
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...TWINS) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }).map((raw) => Buffer.from(raw)) },
  );
  const word = fc.constantFrom("s1", "001", "pref", "1", "{x}", "a*", "x\ny").map(bytes);
  const life = fc.option(fc.integer({ min: 60_000, max: 10_000_000 }));
  const withLife = (key: Buffer, ttl: number | null): Command[] =>
    ttl === null ? [] : [["PEXPIRE", key, ttl]];
  const session = fc.tuple(id, word, life).map(([owner, name, ttl]): Written => {
    const key = sessionKey(owner, name);
    return { key, owner, commands: [["RPUSH", key, "m1", "m2"], ...withLife(key, ttl)] };
  });
  const limits = fc.tuple(id, life).map(([owner, ttl]): Written => {
    const key = rateLimitKey(owner);
    return { key, owner, commands: [["HSET", key, "requests_per_day", 7], ...withLife(key, ttl)] };
  });
  const memory = fc.tuple(id, word, word, fc.boolean()).map(([owner, category, n, says]): Written => {
    const key = memoryKey(owner, category, n);
    return {
      key,
      owner,
      commands: [["HSET", key, "content", "x", ...(says ? (["user_id", owner] as const) : [])]],
    };
  });
  const foreign = fc
    .tuple(id, id, word)
    .filter(([owner, other]) => !owner.equals(other))
    .map(([owner, other, n]): Written => {
      const key = memoryKey(owner, bytes("work"), n);
      return { key, owner: null, commands: [["HSET", key, "user_id", other]] };
    });
  const stray = fc
    .tuple(id, fc.constantFrom("", ":profile", ":history:", ":a:b:"))
    .map(([owner, end]): Written => {
      const key = Buffer.concat([bareUserKey(owner), bytes(end)]);
      return { key, owner: null, commands: [["SET", key, "stray"]] };
    });
  const keyspace = fc.uniqueArray(fc.oneof(session, session, limits, memory, memory, foreign, stray), {
    maxLength: 60,
    selector: ({ key }) => latin1(key),
  });
  await fc.assert(
    fc.asyncProperty(keyspace, id, async (written, victim) => {
      await redis.flush();
      await createIndex(store);
      await store.pipeline(written.flatMap(({ commands }) => commands));
      const before = await snapshot(store);
      const preview = await previewErasure(store, store, { userId: victim });
      const result = await eraseUser(store, store, { userId: victim });
      const after = await snapshot(store);
      const plain = written.filter(({ owner }) => owner?.equals(victim)).map(({ key }) => latin1(key));
      const rest = new Map([...before].filter(([key]) => !plain.includes(key)));
      expect(after).toEqual(rest);
      expect(preview.keys).toBe(plain.length);
      expect(totalOf(result.erased)).toBe(plain.length);
      expect(result.expiredMeanwhile).toBe(0);
      expect(totalOf(result.disputedLeft as never)).toBe(preview.disputed.total);
      expect(result.status).toBe(preview.disputed.total === 0 ? "verified" : "partial");
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) },
  );
}, 60_000);
