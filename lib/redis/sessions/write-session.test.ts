import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { listUserKeys } from "../keyspace/user-keys";
import { appendMessage } from "../messages/append-message";
import { toBuffers, toInt } from "../store/reply";
import { Store } from "../store/store";
import { expireSession, persistSession, sessionLife } from "./session-life";
import { trimSession } from "./trim-session";
import { deleteSession, sessionLength, sessionSize } from "./write-session";

const redis = testRedis();
const userId = Buffer.from("alice");
const id = { userId, sessionId: Buffer.from("session_001") };
const key = sessionKey(userId, id.sessionId);
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store?.close());

const stored = async () => toBuffers(await store.command("LRANGE", key, 0, -1)).map(String);
const ttl = async () => toInt(await store.command("PTTL", key));
const hello = { ...id, type: "human", content: "Hello" } as const;

describe("appendMessage", () => {
  it("writes the tutorial's JSON, newest first", async () => {
    await appendMessage(store, { ...hello, timestampSeconds: 1_717_935_001 });
    const second = await appendMessage(store, {
      ...id,
      type: "ai",
      content: 'Hi "you" 😀',
      timestampSeconds: 2,
    });
    expect(second).toMatchObject({ length: 2, created: false, ttlMs: -1 });
    expect(await stored()).toEqual([
      '{"type":"ai","content":"Hi \\"you\\" 😀","timestamp":2}',
      '{"type":"human","content":"Hello","timestamp":1717935001}',
    ]);
  });

  it("stamps with now, in seconds", async () => {
    await appendMessage(store, hello);
    const { timestamp } = JSON.parse((await stored())[0]!) as { timestamp: number };
    expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(5);
  });

  it("trims and gives a life in the same step, only when asked", async () => {
    for (let at = 0; at < 5; at += 1) await appendMessage(store, hello);
    expect(await ttl()).toBe(-1);
    const result = await appendMessage(store, {
      ...hello,
      content: "last",
      keepMessages: 3,
      expireSeconds: 60,
    });
    expect(result).toMatchObject({ length: 3, created: false });
    expect(result.ttlMs).toBeGreaterThan(55_000);
    expect(await stored()).toHaveLength(3);
    expect((await stored())[0]).toContain("last");
  });

  it("keeps the life a session has unless told otherwise", async () => {
    await appendMessage(store, { ...hello, expireSeconds: 60 });
    const { ttlMs } = await appendMessage(store, hello);
    expect(ttlMs).toBeGreaterThan(50_000);
    expect(ttlMs).toBeLessThanOrEqual(60_000);
  });

  it("does not make an expired session anew when it must exist", async () => {
    await expect(appendMessage(store, { ...hello, mustExist: true })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await store.command("EXISTS", key)).toBe(0);
    await appendMessage(store, hello);
    expect(await appendMessage(store, { ...hello, mustExist: true })).toMatchObject({ length: 2 });
  });

  it("makes a new session visible in the person's keys at once", async () => {
    expect((await listUserKeys(store, userId)).keys).toHaveLength(0);
    expect(await appendMessage(store, hello)).toMatchObject({ created: true });
    expect((await listUserKeys(store, userId)).keys).toHaveLength(1);
  });

  it("gives no life to a key of another type", async () => {
    await store.command("SET", key, "x");
    await expect(appendMessage(store, { ...hello, expireSeconds: 60 })).rejects.toMatchObject({
      code: "store_refused",
    });
    expect(await ttl()).toBe(-1);
  });
});

describe("trimSession", () => {
  it("keeps the newest and says how many went", async () => {
    await store.command("RPUSH", key, "5", "4", "3", "2", "1");
    expect(await trimSession(store, { ...id, keepMessages: 3 })).toEqual({ removed: 2, length: 3 });
    expect(await stored()).toEqual(["5", "4", "3"]);
    expect(await trimSession(store, { ...id, keepMessages: 9 })).toEqual({ removed: 0, length: 3 });
  });

  it("never empties a session", async () => {
    await store.command("RPUSH", key, "1");
    await expect(trimSession(store, { ...id, keepMessages: 0 })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await stored()).toEqual(["1"]);
  });
});

describe("life", () => {
  it("is set, read and taken away", async () => {
    await store.command("LPUSH", key, "x");
    expect((await sessionLife(store, id)).ttlMs).toBe(-1);
    const set = await expireSession(store, { ...id, expireSeconds: 86_400 });
    expect(set.ttlMs).toBeGreaterThan(86_395_000);
    expect((await sessionLife(store, id)).ttlMs).toBeGreaterThan(86_390_000);
    expect((await expireSession(store, { ...id, expireSeconds: 3_600 })).ttlMs).toBeLessThanOrEqual(
      3_600_000,
    );
    expect((await persistSession(store, id)).ttlMs).toBe(-1);
    expect((await persistSession(store, id)).ttlMs).toBe(-1);
    expect(await ttl()).toBe(-1);
  });

  it("takes ten years", async () => {
    await store.command("LPUSH", key, "x");
    const { ttlMs } = await expireSession(store, { ...id, expireSeconds: 315_360_000 });
    expect(ttlMs).toBeGreaterThan(315_359_000_000);
  });
});

describe("length and size", () => {
  it("counts messages and bytes, sampled and exact", async () => {
    await store.command("RPUSH", key, "x", "y".repeat(20_000), "z");
    expect(await sessionLength(store, id)).toEqual({ length: 3 });
    const approx = await sessionSize(store, id);
    const exact = await sessionSize(store, { ...id, exact: true });
    expect(approx.exact).toBe(false);
    expect(exact.exact).toBe(true);
    expect(exact.sizeBytes).toBeGreaterThan(20_000);
  });
});

describe("deleteSession", () => {
  it("unlinks it, verifies, and the list of keys knows", async () => {
    await store.command("RPUSH", key, "1", "2");
    await store.command("RPUSH", sessionKey(Buffer.from("alice:admin"), id.sessionId), "twin");
    expect((await listUserKeys(store, userId)).keys).toHaveLength(1);
    expect(await deleteSession(store, id)).toEqual({ messages: 2, verifiedGone: true });
    expect((await listUserKeys(store, userId)).keys).toHaveLength(0);
    expect(await store.command("DBSIZE")).toBe(1);
  });
});

describe.each([
  ["trimSession", () => trimSession(store, { ...id, keepMessages: 3 })],
  ["expireSession", () => expireSession(store, { ...id, expireSeconds: 9 })],
  ["persistSession", () => persistSession(store, id)],
  ["sessionLife", () => sessionLife(store, id)],
  ["sessionLength", () => sessionLength(store, id)],
  ["sessionSize", () => sessionSize(store, id)],
  ["deleteSession", () => deleteSession(store, id)],
])("%s", (_, run) => {
  it("says that a session is not there", async () => {
    await expect(run()).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves a key of another type alone", async () => {
    await store.command("SET", key, "x", "EX", 1_000);
    await expect(run()).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining("does not hold a list"),
    });
    expect(String(await store.command("GET", key))).toBe("x");
    expect(await ttl()).toBeGreaterThan(990_000);
  });
});
