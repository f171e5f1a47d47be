import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { toBuffers, toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { deleteMessage } from "./delete-message";
import { readMessages } from "./read-messages";
import type { MessagePage } from "./schema";

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

/** Oldest first. */
const stored = async () =>
  toBuffers(await store.command("LRANGE", key, 0, -1))
    .map(String)
    .reverse();

async function write(messages: readonly string[]): Promise<MessagePage> {
  await store.command("LPUSH", key, ...messages);
  return readMessages(store, { ...id, limit: 100 });
}

/** What a reader of this page would send to delete the message at a position. */
function at(page: MessagePage, position: number) {
  const { length, newestDigest, oldestDigest } = page;
  const { digest } = page.messages.find((message) => message.position === position)!;
  return { ...id, position, digest, length, newestDigest, oldestDigest };
}

describe("deleteMessage", () => {
  it.each([0, 1, 2, 3])("deletes the one at %i and no twin of it", async (position) => {
    const twins = ["same", "same", "other", "same"];
    const page = await write(twins);
    const result = await deleteMessage(store, at(page, position));
    expect(result).toEqual({ length: 3, sessionGone: false });
    expect(await stored()).toEqual(twins.filter((_, index) => index !== position));
  });

  it("tells twins apart by their place even in a list of nothing else", async () => {
    const page = await write(Array(50).fill("same"));
    await deleteMessage(store, at(page, 25));
    expect(await stored()).toHaveLength(49);
  });

  it("keeps the session's life", async () => {
    const page = await write(["a", "b"]);
    await store.command("PEXPIRE", key, 90_000);
    await deleteMessage(store, at(page, 0));
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(85_000);
  });

  it("says when the session went with its last message", async () => {
    const page = await write(["a"]);
    expect(await deleteMessage(store, at(page, 0))).toEqual({ length: 0, sessionGone: true });
    await expect(deleteMessage(store, at(page, 0))).rejects.toMatchObject({ code: "not_found" });
  });

  it.each<[string, Command]>([
    ["a message came", ["LPUSH", key, "new"]],
    ["the oldest was trimmed", ["LTRIM", key, 0, 1]],
    ["the newest was taken", ["LPOP", key]],
    ["the message was replaced", ["LSET", key, 1, "x"]],
    ["the oldest was replaced", ["LSET", key, -1, "x"]],
    ["the newest was replaced", ["LSET", key, 0, "x"]],
  ])("refuses when %s since it was read", async (_, change) => {
    const page = await write(["a", "b", "c"]);
    await store.command(...change);
    const before = await stored();
    await expect(deleteMessage(store, at(page, 1))).rejects.toMatchObject({
      code: "conflict",
      details: { hint: expect.stringContaining("Look again") },
    });
    expect(await stored()).toEqual(before);
  });

  it("deletes messages of any bytes", async () => {
    await store.command("LPUSH", key, Buffer.from([0xff, 0x00]), "", Buffer.alloc(2_000_000, "z"));
    for (const position of [2, 1, 0]) {
      await deleteMessage(store, at(await readMessages(store, id), position));
    }
    expect(await store.command("EXISTS", key)).toBe(0);
  });

  it("refuses a key of another type, and a user without scripts", async () => {
    const page = await write(["a", "b"]);
    await store.command("ACL", "SETUSER", "plain", "on", ">secret", "~*", "+@all", "-@scripting");
    const plain = new Store(redis.url().replace("redis://", "redis://plain:secret@"));
    const refused = deleteMessage(plain, at(page, 0));
    await expect(refused).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining("right to run scripts"),
    });
    plain.close();
    await store.command("SET", key, "x");
    await expect(deleteMessage(store, at(page, 0))).rejects.toMatchObject({ code: "store_refused" });
  });

  it("hits the one that was meant or nothing while assistants push and trim", async () => {
    let running = true;
    let pushed = 0;
    const assistant = (async () => {
      const other = new Store(redis.url());
      while (running) {
        await other.transaction([
          ["LPUSH", key, `twin-${pushed % 3}`],
          ["LTRIM", key, 0, 29],
        ]);
        pushed += 1;
        if (pushed % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      other.close();
    })();
    await write(Array.from({ length: 30 }, (_, index) => `twin-${index % 3}`));
    let [done, refused] = [0, 0];
    while (done < 40 && refused < 4_000) {
      const page = await readMessages(store, { ...id, limit: 100 });
      const position = 10 + (done % 10);
      const target = page.messages.find((message) => message.position === position);
      if (!target) continue;
      try {
        const { length } = await deleteMessage(store, at(page, position));
        // Compare-and-set: what is left is what was read, less one.
        expect(length).toBe(page.length - 1);
        done += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: "conflict" });
        refused += 1;
      }
    }
    running = false;
    await assistant;
    expect(done).toBeGreaterThan(0);
    expect((await stored()).every((message) => /^twin-[0-2]$/.test(message))).toBe(true);
  });

  it("equals the removal of that place from the list, whatever is in it", async () => {
    const message = fc.constantFrom("a", "b", "", '{"type":"ai","content":"x"}');
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 12 }), fc.nat(), async (list, seed) => {
        await store.command("DEL", key);
        const page = await write(list);
        const position = seed % list.length;
        await deleteMessage(store, at(page, position));
        expect(await stored()).toEqual(list.filter((_, index) => index !== position));
        if (list.length > 1) {
          const stale = deleteMessage(store, at(page, position));
          await expect(stale).rejects.toMatchObject({ code: "conflict" });
        }
      }),
      { numRuns: 100 },
    );
  });
});
