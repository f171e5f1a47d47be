import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BAD_IDS } from "../../testing/bad-ids";
import { allKeys, snapshot } from "../../testing/keyspace";
import { testRedis } from "../../testing/redis";
import { bareUserKey, memoryKey, rateLimitKey, sessionKey } from "../keys";
import { overrideField } from "../rate-limit-settings";
import { RATE_LIMIT_WINDOWS } from "../rate-limit-windows";
import { toArray, toInt } from "../reply";
import { type Command, Store } from "../store";
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

const bytes = (text: string) => Buffer.from(text);
const latin1 = (key: Buffer) => key.toString("latin1");

const TWINS = [
  "1",
  "10",
  "Bob",
  "bob",
  "a",
  "a,b",
  "a*",
  "alice",
  "alice:admin",
  "Alice",
  "al",
  "{alice}",
  "*",
].map(bytes);

/** Everything the tutorial would write for one person, with lives. */
function personCommands(id: Buffer, sessions = 2, memories = 3): Command[] {
  const commands: Command[] = [];
  for (let n = 0; n < sessions; n += 1) {
    const key = sessionKey(id, bytes(`s${n}`));
    commands.push(["LPUSH", key, `{"type":"human","content":"hello ${n}"}`], ["PEXPIRE", key, 3_600_000 + n]);
  }
  commands.push(["HSETEX", rateLimitKey(id), "EX", 3_600, "FIELDS", 1, "requests_per_hour", 3]);
  for (let n = 0; n < memories; n += 1) {
    const fields = ["user_id", id, "content", `fact ${n}`, "importance", n + 1] as const;
    commands.push(["HSET", memoryKey(id, bytes(n % 2 ? "pref" : "work"), bytes(`00${n}`)), ...fields]);
  }
  return commands;
}

async function createIndex(...tag: string[]): Promise<void> {
  await store.command(
    ...(["FT.CREATE", "idx:preferences", "ON", "HASH", "PREFIX", 1, "user:", "SCHEMA"] as const),
    ...["user_id", "TAG", ...tag, "content", "TEXT", "importance", "NUMERIC"],
  );
}

async function rawIndexTotal(query: string): Promise<number> {
  return toInt(
    toArray(await store.command("FT.SEARCH", "idx:preferences", query, "NOCONTENT", "DIALECT", 2))[0],
  );
}

describe("twins", () => {
  test.each(TWINS.map((id) => [id.toString(), id] as const))(
    "erasing %s leaves all others as they were",
    async (_name, victim) => {
      await createIndex();
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
      await createIndex();
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

describe("the index", () => {
  test("the tutorial's index, which folds case, finds nothing of alice afterwards and still finds Alice", async () => {
    await createIndex();
    await store.pipeline([...personCommands(bytes("alice")), ...personCommands(bytes("Alice"))]);
    expect(await rawIndexTotal("@user_id:{alice}")).toBe(6);
    const result = await eraseUser(store, store, { userId: bytes("alice") });
    expect(result).toMatchObject({ status: "verified", indexedLeft: 0 });
    expect(await rawIndexTotal("@user_id:{alice}")).toBe(3);
  });

  test("a case-sensitive index finds nothing afterwards", async () => {
    await createIndex("CASESENSITIVE", "SEPARATOR", ";");
    await store.pipeline(personCommands(bytes("a,b")));
    expect(await rawIndexTotal("@user_id:{a\\,b}")).toBe(3);
    expect((await eraseUser(store, store, { userId: bytes("a,b") })).indexedLeft).toBe(0);
    expect(await rawIndexTotal("@user_id:{a\\,b}")).toBe(0);
  });

  test("a memory that lies under another's name is found by the index, shown, and goes only when ticked", async () => {
    await createIndex();
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
  const field = (id: string) => overrideField(bytes(id), RATE_LIMIT_WINDOWS[0]!);
  await store.command("HSET", "console:rate-limits:overrides", field("alice"), "{}", field("Alice"), "{}");
  const preview = await previewErasure(store, store, { userId: bytes("alice") });
  expect(countsOf(preview.holdings).console).toBe(1);
  expect(preview.keys).toBe(0);
  const result = await eraseUser(store, store, { userId: bytes("alice") });
  expect(result).toMatchObject({ status: "verified", erased: { console: 1 } });
  expect(toInt(await store.command("HLEN", "console:rate-limits:overrides"))).toBe(1);
});
