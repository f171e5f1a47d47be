/** MATCH patterns and TAG values, against the server that reads them. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BAD_IDS } from "../testing/bad-ids";
import { testRedis } from "../testing/redis";
import { bareUserKey, escapeGlob, escapeTag, everyUserPattern, rateLimitKey, userPatterns } from "./keys";
import { toArray, toBuffers, toInt } from "./store/reply";
import { Store } from "./store/store";

const PLAIN = { prefix: "user:", hashTag: false };

const anyId = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
  // Ids made of the grammar's own words find what random bytes would not.
  fc
    .array(fc.constantFrom("a", ":", "{", "}", "history", "rate_limit", "pref", "*", "\\", "["), {
      minLength: 1,
    })
    .map((words) => Buffer.from(words.join(""))),
);
const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

async function scan(pattern: Buffer): Promise<string[]> {
  const reply = toArray(await store.command("SCAN", 0, "MATCH", pattern, "COUNT", 100_000));
  return toBuffers(reply[1])
    .map((key) => key.toString("latin1"))
    .sort();
}

test("an escaped pattern finds a person's keys and not those of a look-alike", async () => {
  const grammar = PLAIN;
  await store.pipeline(BAD_IDS.map(([, id]) => ["SET", rateLimitKey(id, grammar), "x"]));
  for (const [what, id] of BAD_IDS) {
    const stem = bareUserKey(id, grammar).toString("latin1");
    const expected = BAD_IDS.map(([, other]) => rateLimitKey(other, grammar).toString("latin1"))
      .filter((key) => key.startsWith(`${stem}:`))
      .sort();
    expect(await scan(userPatterns(id, grammar)[0]!), what).toEqual(expected);
  }
  expect(await scan(everyUserPattern(grammar))).toHaveLength(BAD_IDS.length);
});

test("escapeGlob: MATCH of any escaped bytes is those bytes and nothing else", async () => {
  const glob = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes));
  const special = fc
    .array(fc.constantFrom("*", "?", "[", "]", "^", "-", "\\", "a", "b"), { minLength: 1, maxLength: 6 })
    .map((chars) => Buffer.from(chars.join("")));
  const names = fc.oneof(glob, special);
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 12 }), names, async (others, wanted) => {
      await redis.flush();
      await store.pipeline([...others, wanted].map((name) => ["SET", name, "x"]));
      expect(await scan(escapeGlob(wanted))).toEqual([wanted.toString("latin1")]);
    }),
  );
});

test("escapeTag: a query finds the one whose id it is, and is never a query of another shape", async () => {
  await store.command(
    ...(["FT.CREATE", "idx", "PREFIX", 1, "m:", "SCHEMA"] as const),
    ...(["user_id", "TAG", "SEPARATOR", "\x01", "CASESENSITIVE"] as const),
  );
  const ids = BAD_IDS.filter(([, id]) => id.length < 4_096);
  await store.pipeline(ids.map(([what, id]) => ["HSET", `m:${what}`, "user_id", id]));
  const wrong: string[] = [];
  for (const [what, id] of ids) {
    const tag = escapeTag(id);
    if (tag === null) continue;
    const query = Buffer.concat([Buffer.from("@user_id:{"), tag, Buffer.from("}")]);
    const reply = await store.command("FT.SEARCH", "idx", query, "NOCONTENT", "LIMIT", 0, 100, "DIALECT", 2);
    const found = toBuffers(toArray(reply).slice(1)).map(String);
    if (!found.includes(`m:${what}`) || found.length !== 1) wrong.push(`${what}: ${found}`);
  }
  expect(wrong).toEqual([]);
  expect(escapeTag(Buffer.from("a\0b"))).toBeNull();
  expect(escapeTag(Buffer.alloc(0))).toBeNull();
});

test("escapeTag: any bytes are a query that the engine accepts", async () => {
  await store.command(
    ...(["FT.CREATE", "idx", "PREFIX", 1, "m:", "SCHEMA", "user_id", "TAG", "CASESENSITIVE"] as const),
  );
  await store.command("HSET", "m:1", "user_id", "somebody else");
  await fc.assert(
    fc.asyncProperty(anyId, async (id) => {
      const tag = escapeTag(id);
      if (tag === null) return;
      const query = Buffer.concat([Buffer.from("@user_id:{"), tag, Buffer.from("}")]);
      const reply = await store.command("FT.SEARCH", "idx", query, "NOCONTENT", "DIALECT", 2);
      expect(toInt(toArray(reply)[0])).toBe(0);
    }),
  );
});
