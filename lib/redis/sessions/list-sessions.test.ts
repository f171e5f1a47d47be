import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openRef } from "../../refs";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { Store } from "../store/store";
import { listSessions } from "./list-sessions";
import { readMessages } from "./read-messages";
import {
  EXPIRING_MS,
  LONG_MESSAGES,
  readMessagesInput,
  type SessionFilter,
  type SessionList,
  type SessionSort,
} from "./schema";

const redis = testRedis();
const userId = Buffer.from("alice");
let store: Store;
let plain: Store;

beforeAll(async () => {
  store = new Store(redis.url());
  await store.command("ACL", "SETUSER", "plain", "on", ">secret", "~*", "+ping", "+lrange", "+llen");
  await store.command("ACL", "SETUSER", "plain", "+pttl", "+scan", "+type", "+hget");
});
beforeEach(async () => {
  await redis.flush();
  // Lists of keys are kept for a while by connection: a new one sees what a test has just written.
  store.close();
  plain?.close();
  store = new Store(redis.url());
  plain = new Store(redis.url().replace("redis://", "redis://plain:secret@"));
});
afterAll(() => {
  store?.close();
  plain?.close();
});

const keyOf = (session: string, user = "alice") => sessionKey(Buffer.from(user), Buffer.from(session));
const message = (type: string, content: string, timestamp?: number) =>
  JSON.stringify({ type, content, timestamp });

async function seed() {
  await store.pipeline([
    ["LPUSH", keyOf("old"), message("ai", "Welcome", 1000), message("human", "Where is\n my  hat?", 1010)],
    ["LPUSH", keyOf("old"), message("ai", "On your head.", 1020)],
    ["LPUSH", keyOf("new"), message("human", "x".repeat(500), 9000)],
    ["PEXPIRE", keyOf("new"), 60_000],
    ["LPUSH", keyOf("raw"), "not json", Buffer.from([0xff])],
    ["PEXPIRE", keyOf("raw"), 30_000],
  ]);
}

describe.each([
  ["with scripts", () => store],
  ["where scripts and MEMORY USAGE are refused", () => plain],
])("listSessions %s", (name, connection) => {
  it("tells what each session is", async () => {
    await seed();
    const list = await listSessions(connection(), { userId });
    expect(list).toMatchObject({ total: 3, complete: true, sortedBy: "activity", disputed: 0, cursor: null });
    expect(list.sessions.map(({ label }) => label)).toEqual(["new", "old", "raw"]);
    const [fresh, old, raw] = list.sessions;
    expect(openRef("session", old!.ref).toString()).toBe("old");
    expect(old).toMatchObject({
      messages: 3,
      ttlMs: -1,
      firstWords: "Where is my hat?",
      firstWordsHuman: true,
      lastActivityMs: 1_020_000,
      oldestMs: 1_000_000,
    });
    expect(fresh).toMatchObject({ messages: 1, firstWords: "x".repeat(120), lastActivityMs: 9_000_000 });
    expect(fresh!.ttlMs).toBeGreaterThan(50_000);
    expect(raw).toMatchObject({
      messages: 2,
      firstWords: "not json",
      firstWordsHuman: false,
      lastActivityMs: null,
    });
    if (name === "with scripts") expect(old!.sizeBytes).toBeGreaterThan(100);
    else expect(old!.sizeBytes).toBeNull();
    expect(Math.abs(list.nowMs - Date.now())).toBeLessThan(5_000);
  });
});

describe("listSessions", () => {
  it.each<[SessionSort, string[]]>([
    ["activity", ["new", "old", "raw"]],
    ["messages", ["old", "raw", "new"]],
    ["bytes", ["new", "old", "raw"]],
    ["life", ["raw", "new", "old"]],
    ["name", ["new", "old", "raw"]],
  ])("sorted by %s", async (sort, labels) => {
    await seed();
    const list = await listSessions(store, { userId, sort });
    expect(list.sessions.map(({ label }) => label)).toEqual(labels);
  });

  it("comes in pages, with numbers in names in their order", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `s${at}`);
    await store.pipeline(names.map((name) => ["LPUSH", keyOf(name), message("ai", name)] as const));
    const seen: string[] = [];
    let cursor: string | null = "0";
    while (cursor !== null) {
      const list: SessionList = await listSessions(store, {
        userId,
        sort: "name",
        limit: 5,
        cursor: +cursor,
      });
      expect(list.total).toBe(12);
      expect(list.sessions.length).toBeLessThanOrEqual(5);
      seen.push(...list.sessions.map(({ label }) => label));
      cursor = list.cursor;
    }
    expect(seen).toEqual(names);
  });

  it("lists by name when there are too many sessions to compare", async () => {
    const names = Array.from({ length: 501 }, (_, at) => `s${at}`);
    await store.pipeline(names.map((name) => ["LPUSH", keyOf(name), message("ai", name)] as const));
    const list = await listSessions(store, { userId, sort: "messages", limit: 2, cursor: 499 });
    expect(list).toMatchObject({ sortedBy: "name", total: 501, cursor: null });
    expect(list.sessions.map(({ label }) => label)).toEqual(["s499", "s500"]);
  });

  it("counts keys of another type, and does not list them nor other people's", async () => {
    await seed();
    await store.command("SET", keyOf("text"), "x");
    await store.command("LPUSH", keyOf("theirs", "alice:admin"), "x");
    await store.command("LPUSH", keyOf("theirs", "Alice"), "x");
    const list = await listSessions(store, { userId });
    expect(list.sessions.map(({ label }) => label)).toEqual(["new", "old", "raw"]);
    expect(list).toMatchObject({ total: 3, disputed: 1 });
  });

  it("notices what changed since the keys were walked", async () => {
    await seed();
    await listSessions(store, { userId });
    await store.command("DEL", keyOf("old"));
    await store.command("SET", keyOf("raw"), "x");
    const list = await listSessions(store, { userId });
    expect(list.sessions.map(({ label }) => label)).toEqual(["new"]);
    expect(list).toMatchObject({ total: 1, disputed: 1 });
  });

  it("takes the time of the newest message that has one", async () => {
    await store.command("LPUSH", keyOf("s"), message("human", "a", 1_000), message("ai", "b", 2_000), "raw");
    const { sessions } = await listSessions(store, { userId });
    expect(sessions[0]).toMatchObject({ lastActivityMs: 2_000_000, oldestMs: 1_000_000 });
  });

  it("is empty for a person without sessions", async () => {
    expect(await listSessions(store, { userId })).toMatchObject({ sessions: [], total: 0, cursor: null });
  });

  it("shows names of any bytes", async () => {
    await store.command("LPUSH", sessionKey(userId, Buffer.from([0x00, 0xff, 0x20])), "x");
    const { sessions } = await listSessions(store, { userId });
    expect(sessions[0]!.label).toBe("\\x00\\xff ");
    expect(openRef("session", sessions[0]!.ref)).toEqual(Buffer.from([0x00, 0xff, 0x20]));
  });

  it("reads the first words and the time of messages of 200 kB", async () => {
    const long = `${"word ".repeat(40_000)}`;
    await store.command("LPUSH", keyOf("long"), message("human", long, 5_000));
    const { sessions } = await listSessions(store, { userId });
    expect(sessions[0]).toMatchObject({ lastActivityMs: 5_000_000, firstWordsHuman: true });
    expect(sessions[0]!.firstWords).toHaveLength(120);
  });

  it("what is listed can be opened, however long its name", async () => {
    const sessionId = Buffer.alloc(6_000, "n");
    await store.command("LPUSH", sessionKey(userId, sessionId), message("human", "hello", 5_000));
    const { sessions } = await listSessions(store, { userId });
    expect(sessions).toMatchObject([{ label: sessionId.toString(), messages: 1 }]);
    const opened = readMessagesInput.parse({ ref: "any", session: sessions[0]?.ref });
    expect(openRef("session", opened.session)).toEqual(sessionId);
    expect((await readMessages(store, { userId, sessionId })).length).toBe(1);
  });
});

describe("filters", () => {
  const labels = async (filter: SessionFilter) => {
    const list = await listSessions(store, { userId, filter });
    expect(list.matching).toBe(list.sessions.length);
    return list.sessions.map(({ label }) => label).sort();
  };

  it("keep what is gone within the hour, has no end, or is long", async () => {
    await seed();
    await store.command("RPUSH", keyOf("long"), ...Array(LONG_MESSAGES).fill("{}"));
    expect(await labels("expiring")).toEqual(["new", "raw"]);
    expect(await labels("endless")).toEqual(["long", "old"]);
    expect(await labels("long")).toEqual(["long"]);
  });

  it("tell when the next session comes into its last hour: no key changes then", async () => {
    await seed();
    const next = async (filter?: SessionFilter) => (await listSessions(store, { userId, filter })).nextInMs;
    expect(await next("expiring")).toBeNull();
    await store.command("PEXPIRE", keyOf("old"), EXPIRING_MS + 90_000);
    const inMs = await next("expiring");
    expect(inMs).toBeGreaterThan(60_000);
    expect(inMs).toBeLessThanOrEqual(90_001);
    expect(await next()).toBeNull();
    await store.command("PEXPIRE", keyOf("old"), EXPIRING_MS - 1);
    expect(await labels("expiring")).toEqual(["new", "old", "raw"]);
  });
});
