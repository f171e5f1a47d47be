import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allKeys, snapshot } from "../../testing/keyspace";
import { personCommands, TWINS } from "../../testing/people";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { eraseConsoleState } from "../erasure/console-state";
import { rateLimitKey } from "../keys";
import { toArray, toInt } from "../store/reply";
import { Store } from "../store/store";
import { readKeys } from "./key-copies";
import { rememberFact } from "./remember";
import { replyTo } from "./reply";
import { restorePerson } from "./restore";
import { readPlayground } from "./state";
import { begin, SETTINGS, say } from "./test-kit";

const redis = testRedis({ queryEngine: false, args: ["--enable-debug-command", "yes"] });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

/** Of the assistant's keys alone, with the lives of fields, which a key's own digest leaves out. */
async function everything() {
  const people = [...(await snapshot(store))].filter(([key]) => key.startsWith("user:"));
  const keys = people.map(([key]) => ({
    key: Buffer.from(key, "latin1"),
    type: key.includes(":history:") ? "list" : "hash",
  }));
  const readings = await readKeys(store, keys);
  return new Map(people.map(([key, digest], at) => [key, `${digest} ${readings[at]?.digest}`]));
}

async function play(userId: Buffer) {
  for (const message of ["hello", "I like tea"]) {
    await say(store, userId, message);
    await replyTo(store, store, null, { userId, settings: SETTINGS });
  }
  await rememberFact(store, store, { userId, category: "pref", content: "likes tea", importance: 5 });
}

test.each(TWINS.map((id) => [id.toString(), id] as const))(
  "%s is put back to the byte and the millisecond, and nobody else is touched",
  async (name, userId) => {
    await store.pipeline(TWINS.flatMap((id) => personCommands(id)));
    await store.pipeline(
      TWINS.flatMap((id) => [
        ["HPEXPIRE", rateLimitKey(id), 55_000, "FIELDS", 1, "requests_per_minute"],
        ["PEXPIRE", rateLimitKey(id), 800_000],
      ]),
    );
    const before = await everything();
    await begin(store, name);
    await play(userId);
    expect(await everything()).not.toEqual(before);
    const result = await restorePerson(store, store, { userId, others: false });
    expect(result).toMatchObject({ putBack: 1, removed: 2, ended: 0, others: 0, throwAway: false });
    expect(await everything()).toEqual(before);
    await expect(restorePerson(store, store, { userId, others: false })).rejects.toMatchObject({
      code: "not_found",
    });
  },
);

test("of a throw-away person everything goes, whoever wrote it", async () => {
  await store.pipeline(TWINS.flatMap((id) => personCommands(id)));
  const before = await everything();
  const { userId, run } = await begin(store);
  await play(userId);
  await store.command("HSET", `user:${run.label}:pref:900`, "user_id", run.label, "content", "x");
  const result = await restorePerson(store, store, { userId, others: false });
  expect(result).toMatchObject({ putBack: 0, removed: 4, others: 0, throwAway: true });
  expect(await everything()).toEqual(before);
  expect((await allKeys(store)).filter((key) => key.startsWith("console:playground"))).toEqual([]);
});

test("what somebody else wrote meanwhile stays, is counted, and goes too when that is said", async () => {
  const userId = Buffer.from("alice");
  await store.pipeline(personCommands(userId));
  const before = await everything();
  await begin(store, "alice");
  await play(userId);
  await store.command("HSET", "user:alice:work:777", "user_id", "alice", "content", "new");
  const [changed] = [...before.keys()].filter((key) => /:pref:/.test(key));
  await store.command("HSET", changed!, "content", "edited by the assistant");
  const [gone] = [...before.keys()].filter((key) => /:history:/.test(key));
  await store.command("UNLINK", gone!);
  const result = await restorePerson(store, store, { userId, others: false });
  expect(result.others).toBe(3);
  const now = await everything();
  expect(now.has("user:alice:work:777")).toBe(true);
  expect(
    [...before]
      .filter(([key, digest]) => now.get(key) !== digest)
      .map(([key]) => key)
      .sort(),
  ).toEqual([changed, gone].sort());
  const all = await restorePerson(store, store, { userId, others: true });
  expect(all).toMatchObject({ putBack: 2, removed: 1, others: 0 });
  expect(await everything()).toEqual(before);
});

test("what would have ended meanwhile does not come back", async () => {
  const userId = Buffer.from("alice");
  const key = rateLimitKey(userId);
  await store.command("HSETEX", key, "PX", 400, "FIELDS", 1, "requests_per_minute", 3);
  await store.command("SET", "user:alice:other", "outside of the grammar");
  await store.command("LPUSH", "user:alice:history:s1", "{}");
  await store.command("PEXPIRE", "user:alice:history:s1", 400);
  await begin(store, "alice");
  await say(store, userId, "hello");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const result = await restorePerson(store, store, { userId, others: false });
  expect(result).toMatchObject({ putBack: 0, removed: 1, ended: 1, others: 0 });
  expect((await allKeys(store)).filter((name) => name.startsWith("user:"))).toEqual(["user:alice:other"]);
});

test("a run ends with its hour, and an erasure takes what was kept along", async () => {
  const userId = Buffer.from("alice");
  await store.pipeline(personCommands(userId));
  const { subject } = await begin(store, "alice");
  const kept = consoleKeys.playground(subject);
  await say(store, userId, "my sister has diabetes");
  const life = toInt(await store.command("PTTL", kept));
  expect(life).toBeGreaterThan(3_590_000);
  expect(life).toBeLessThanOrEqual(3_600_000);
  // Sealed: nobody reads it beside the console.
  const stored = JSON.stringify(toArray(await store.command("HGETALL", kept)).map(String));
  for (const word of ["alice", "sister", "content"]) expect(stored).not.toContain(word);
  expect(kept).not.toContain("alice");
  await eraseConsoleState(store, userId);
  expect(toInt(await store.command("EXISTS", kept))).toBe(0);
  await expect(say(store, userId, "hello")).rejects.toMatchObject({ code: "not_found" });
  expect((await readPlayground(store, store, userId)).run).toBeNull();
});

test("more than can be kept is refused before anything is written", async () => {
  const many = Array.from(
    { length: 1_001 },
    (_, at) => ["HSET", `user:bob:pref:${at}`, "user_id", "bob"] as const,
  );
  await store.pipeline(many);
  await expect(begin(store, "bob")).rejects.toMatchObject({ code: "conflict" });
  await store.command("HSET", "user:carol:pref:1", "user_id", "carol", "content", "x".repeat(5_000_000));
  await expect(begin(store, "carol")).rejects.toMatchObject({ code: "conflict" });
  expect((await allKeys(store)).filter((name) => name.startsWith("console:"))).toEqual([]);
});

test("two who begin at once share one run", async () => {
  await store.pipeline(personCommands(Buffer.from("alice")));
  const runs = await Promise.all([begin(store, "alice"), begin(store, "alice"), begin(store, "alice")]);
  expect(new Set(runs.map(({ run }) => run.sessionRef)).size).toBe(1);
});

test("a user of Redis who may not RESTORE is refused before anything is copied", async () => {
  await store.pipeline(personCommands(Buffer.from("alice")));
  await store.command("ACL", "SETUSER", "limited", "on", ">pw", "~*", "&*", "+@all", "-restore");
  const limited = new Store(redis.url().replace("redis://", "redis://limited:pw@"));
  try {
    await expect(begin(limited, "alice")).rejects.toThrow(/NOPERM/);
    expect((await allKeys(store)).filter((name) => name.startsWith("console:"))).toEqual([]);
    await expect(begin(limited)).resolves.toBeDefined();
  } finally {
    limited.close();
  }
});
