import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { Store } from "../store/store";
import { markOf } from "./message-mark";
import { readMessage, readMessages } from "./read-messages";
import { digestOf } from "./scripts";

const redis = testRedis();
const userId = Buffer.from("alice");
const sessionId = Buffer.from("session_001");
const id = { userId, sessionId };
const key = sessionKey(userId, sessionId);
let store: Store;
/** May read lists and nothing else: no scripts, no MULTI, no MEMORY USAGE. */
let plain: Store;

beforeAll(async () => {
  store = new Store(redis.url());
  await store.command("ACL", "SETUSER", "plain", "on", ">secret", "~*", "+ping", "+lrange", "+llen", "+pttl");
  plain = new Store(redis.url().replace("redis://", "redis://plain:secret@"));
});
beforeEach(() => redis.flush());
afterAll(() => {
  store?.close();
  plain?.close();
});

function message(number: number): string {
  return JSON.stringify({
    type: number % 2 ? "ai" : "human",
    content: `m${number}`,
    timestamp: 1e9 + number,
  });
}

async function push(...numbers: number[]) {
  await store.command("LPUSH", key, ...numbers.map(message));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const texts = (page: { messages: { text: string }[] }) => page.messages.map(({ text }) => text);

describe.each([
  ["with scripts", () => store],
  ["where scripts are refused", () => plain],
])("readMessages %s", (_, connection) => {
  it("gives the newest page, oldest first, with positions from the tail", async () => {
    await push(...upTo(10));
    const page = await readMessages(connection(), { ...id, limit: 3 });
    expect(texts(page)).toEqual(["m7", "m8", "m9"]);
    expect(page.messages.map(({ position }) => position)).toEqual([7, 8, 9]);
    expect(page).toMatchObject({ length: 10, ttlMs: -1, unchanged: false });
    expect(page.newestDigest).toBe(digestOf(Buffer.from(message(9))));
    expect(page.oldestDigest).toBe(digestOf(Buffer.from(message(0))));
    expect(page.messages[0]).toMatchObject({
      kind: "ai",
      timestampMs: 1_000_000_007_000,
      sizeBytes: message(7).length,
      digest: digestOf(Buffer.from(message(7))),
    });
  });

  it.each([
    [{ before: 7, limit: 3 }, [4, 5, 6]],
    [{ before: 2, limit: 3 }, [0, 1]],
    [{ before: 0, limit: 3 }, []],
    [{ after: 7, limit: 3 }, [8, 9]],
    [{ after: 2, limit: 3 }, [3, 4, 5]],
    [{ after: 9, limit: 3 }, []],
    [{ after: 500, limit: 3 }, []],
    [{ limit: 50 }, upTo(10)],
  ])("%j", async (side, numbers) => {
    await push(...upTo(10));
    const page = await readMessages(connection(), { ...id, ...side });
    expect(page.messages.map(({ position }) => position)).toEqual(numbers);
    expect(texts(page)).toEqual(numbers.map((number) => `m${number}`));
  });

  it("does not shift a page when new messages come", async () => {
    await push(...upTo(10));
    const before = await readMessages(connection(), { ...id, before: 6, limit: 4 });
    await push(10, 11, 12);
    const after = await readMessages(connection(), { ...id, before: 6, limit: 4 });
    expect(after.messages).toEqual(before.messages);
  });

  it("answers without messages when the reader has this state", async () => {
    await push(1, 2);
    const { state } = await readMessages(connection(), id);
    expect(await readMessages(connection(), { ...id, have: state })).toMatchObject({
      unchanged: true,
      messages: [],
      length: 2,
    });
    await push(3);
    expect(await readMessages(connection(), { ...id, have: state })).toMatchObject({ unchanged: false });
  });

  it("names a state, and a message to be read whole, by nothing that a text can be guessed from", async () => {
    await push(1, 2);
    const page = await readMessages(connection(), id);
    for (const { digest, mark } of page.messages) {
      for (const name of [page.state, mark]) {
        expect(name).not.toContain(digest);
        expect(Buffer.from(name, "base64url").toString("latin1")).not.toContain(digest);
      }
    }
    for (const have of ["", "x", `2-${page.newestDigest}-${page.oldestDigest}`, page.state.slice(1)]) {
      expect(await readMessages(connection(), { ...id, have })).toMatchObject({ unchanged: false });
    }
  });

  it("says what is not there, and what is no session", async () => {
    await expect(readMessages(connection(), id)).rejects.toMatchObject({ code: "not_found" });
    await store.command("SET", key, "x");
    await expect(readMessages(connection(), id)).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining("does not hold a list"),
    });
    await expect(readMessage(connection(), { ...id, position: 0 })).rejects.toMatchObject({
      code: "store_refused",
    });
  });

  it("reads one message whole, as text and as bytes", async () => {
    const bytes = Buffer.from([0x68, 0x00, 0xff, 0x5c]);
    await store.command("LPUSH", key, bytes, message(1));
    const mark = markOf(id, digestOf(bytes));
    const whole = await readMessage(connection(), { ...id, position: 0, mark });
    expect(whole).toMatchObject({ utf8: false, text: "h\\x00\\xff\\\\", hex: "6800ff5c", hexCut: false });
    expect(whole.message).toMatchObject({ kind: "raw", rawReason: "invalid-utf8" });
  });

  it("refuses another message than the one that was seen, and a place that is gone", async () => {
    await push(1, 2);
    const { mark } = (await readMessages(connection(), id)).messages[0]!;
    await expect(readMessage(connection(), { ...id, position: 1, mark })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(readMessage(connection(), { ...id, position: 2 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("cuts a message of 2 MB at 1 MB of text and 64 kB of bytes", async () => {
    const content = "é".repeat(1_000_000);
    await store.command("LPUSH", key, `x${content}`);
    const whole = await readMessage(connection(), { ...id, position: 0 });
    expect(whole).toMatchObject({ sizeBytes: 2_000_001, utf8: true, textCut: true, hexCut: true });
    expect(Buffer.byteLength(whole.text)).toBe(999_999);
    expect(whole.hex).toHaveLength(131_072);
    const page = await readMessages(connection(), id);
    expect(page.messages[0]).toMatchObject({ kind: "raw", cut: true, digest: whole.digest });
  });
});

it("names the command behind a page, in quotes where a key needs them", async () => {
  await push(1);
  expect((await readMessages(store, id)).command).toBe("LRANGE user:alice:history:session_001 0 -1");
  const odd = { userId: Buffer.from('a "b"\\'), sessionId: Buffer.from([0x73, 0xff, 0x20]) };
  await store.command("LPUSH", sessionKey(odd.userId, odd.sessionId), "x");
  expect((await readMessages(store, odd)).command).toBe('LRANGE "user:a \\"b\\"\\\\:history:s\\xff " 0 -1');
});

describe("what only the scripts can do", () => {
  it("reports life and bytes", async () => {
    await push(1);
    await store.command("PEXPIRE", key, 90_000);
    const page = await readMessages(store, id);
    expect(page.ttlMs).toBeGreaterThan(85_000);
    expect(page.sizeBytes).toBeGreaterThan(50);
    expect(await readMessages(plain, id)).toMatchObject({ sizeBytes: null });
  });

  it("reads the start of a 100 MB message, and the messages beside it, without pulling it", async () => {
    await store.command("CONFIG", "SET", "proto-max-bulk-len", 536_870_912);
    const giant = Buffer.concat([Buffer.from('{"type":"ai","content":"'), Buffer.alloc(100_000_000, "y")]);
    await store.command("LPUSH", key, message(0));
    await store.command("LPUSH", key, giant);
    await store.command("LPUSH", key, message(2));
    const started = performance.now();
    const page = await readMessages(store, id);
    expect(performance.now() - started).toBeLessThan(1_500);
    // The giant ends the page; the older message comes with the next.
    expect(page.messages.map(({ position, kind, cut }) => [position, kind, cut])).toEqual([
      [1, "ai", true],
      [2, "human", false],
    ]);
    expect(page.messages[0]).toMatchObject({ sizeBytes: giant.length, digest: digestOf(giant) });
    expect(texts(await readMessages(store, { ...id, before: 1 }))).toEqual(["m0"]);
    expect(JSON.stringify(page).length).toBeLessThan(12_000);
    expect(JSON.stringify(await readMessage(store, { ...id, position: 1 })).length).toBeLessThan(1_200_000);
  });
});

it("takes the refusals of a hostile session name", async () => {
  for (const name of ["", "a:b", "x:history:y"]) {
    const reading = readMessages(store, { userId, sessionId: Buffer.from(name) });
    await expect(reading).rejects.toMatchObject({ code: "invalid_input" });
  }
});
