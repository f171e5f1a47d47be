import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { eraseConsoleState } from "../erasure/console-state";
import { toBuffers, toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { holdForUndo } from "../undo-record";
import { takeMessage } from "./delete-message";
import type { Held } from "./held";
import { readMessages } from "./read-messages";
import { id, key } from "./test-kit";
import { takeTail } from "./trim-session";
import { undoChange } from "./undo";

const redis = testRedis();
const subject = "subject-of-alice";
const session = "ref-of-s1";
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store?.close());

/** Oldest first, as latin1, so that any byte can be compared. */
const stored = async () =>
  toBuffers(await store.command("LRANGE", key, 0, -1))
    .map((bytes) => bytes.toString("latin1"))
    .reverse();

async function write(messages: readonly (string | Buffer)[]): Promise<void> {
  await store.command("DEL", key);
  await store.command("LPUSH", key, ...messages);
}

async function remove(position: number): Promise<Held | null> {
  const page = await readMessages(store, { ...id, after: Math.max(0, position - 1), limit: 100 });
  const first = position === 0 ? await readMessages(store, { ...id, before: 1 }) : page;
  const { digest } = first.messages.find((message) => message.position === position)!;
  const { length, newestDigest, oldestDigest } = page;
  return (await takeMessage(store, { ...id, position, digest, length, newestDigest, oldestDigest })).held;
}

const hold = (held: Held | null) => holdForUndo(store, { subject, scope: session, held });
const undo = (name: string | null) => undoChange(store, store, { ...id, subject, session, undo: name ?? "" });

describe("a deleted message", () => {
  it.each([0, 1, 2, 3])("goes back to place %i among its twins", async (position) => {
    const list = ["same", "same", "other", "same"];
    await write(list);
    await store.command("PEXPIRE", key, 90_000);
    const name = await hold(await remove(position));
    expect(await stored()).toHaveLength(3);
    expect(await undo(name)).toMatchObject({ kind: "message", messages: 1, length: 4 });
    expect(await stored()).toEqual(list);
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(80_000);
  });

  it("brings a session back that went with it, and its life", async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0a]);
    await write([bytes]);
    await store.command("PEXPIRE", key, 90_000);
    const name = await hold(await remove(0));
    expect(await store.command("EXISTS", key)).toBe(0);
    await undo(name);
    expect(await stored()).toEqual([bytes.toString("latin1")]);
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(80_000);
  });

  it.each<[string, Command]>([
    ["a message came", ["LPUSH", key, "new"]],
    ["the oldest was trimmed", ["LTRIM", key, 0, -2]],
    ["the newest was taken", ["LPOP", key]],
    ["a neighbour was replaced", ["LSET", key, 1, "x"]],
    ["the session was deleted", ["DEL", key]],
    ["it is another type now", ["SET", key, "x"]],
  ])("is refused when %s meanwhile, and nothing changes", async (_, change) => {
    await write(["a", "b", "c", "d", "e"]);
    const name = await hold(await remove(2));
    await store.command(...change);
    const before = await store.command("DUMP", key);
    await expect(undo(name)).rejects.toMatchObject({ code: expect.stringMatching(/conflict|store_refused/) });
    expect(await store.command("DUMP", key)).toEqual(before);
  });

  it("is exactly the list it was, or refused, whatever happens in between", async () => {
    const message = fc.constantFrom("a", "b", "", '{"type":"ai","content":"x"}');
    const change = fc.oneof(
      fc.record({ push: message }),
      fc.record({ trimTo: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ set: fc.nat(11), to: message }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.array(change, { maxLength: 2 }),
        async (list, seed, changes) => {
          await write(list);
          const name = await hold(await remove(seed % list.length));
          const left = await stored();
          for (const made of changes) {
            if ("push" in made) await store.command("LPUSH", key, made.push);
            else if ("trimTo" in made) await store.command("LTRIM", key, 0, made.trimTo - 1);
            else await store.command("LSET", key, made.set, made.to).catch(() => {});
          }
          const before = await stored();
          const outcome = await undo(name).then(
            () => "done",
            (error: { code?: string }) => error.code,
          );
          if (outcome === "done") {
            // What is compared was as the delete left it, so what is there now is one message more, in its place.
            expect(before).toHaveLength(left.length);
            const after = await stored();
            expect(after).toHaveLength(before.length + 1);
            const at = seed % list.length;
            expect(after[at]).toBe(list[at]);
            expect(after.filter((_, index) => index !== at)).toEqual(before);
            if (changes.length === 0) expect(after).toEqual(list);
          } else {
            expect(outcome).toBe("conflict");
            expect(changes.length).toBeGreaterThan(0);
            expect(await stored()).toEqual(before);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a trimmed tail", () => {
  it("comes back as it was, bytes and order and life", async () => {
    const list = ["same", Buffer.from([0xff, 0x00]), "same", "", "e", "f"];
    await write(list);
    await store.command("PEXPIRE", key, 90_000);
    const before = await stored();
    const { result, held } = await takeTail(store, { ...id, keepMessages: 2 });
    expect(result).toEqual({ removed: 4, length: 2 });
    expect(await undo(await hold(held))).toMatchObject({ kind: "trimmed", messages: 4, length: 6 });
    expect(await stored()).toEqual(before);
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(80_000);
  });

  it("is refused once somebody wrote", async () => {
    await write(["a", "b", "c"]);
    const name = await hold((await takeTail(store, { ...id, keepMessages: 1 })).held);
    await store.command("LPUSH", key, "d");
    await expect(undo(name)).rejects.toMatchObject({ code: "conflict" });
    expect(await stored()).toEqual(["c", "d"]);
  });

  it("is not held when it is more than the console keeps", async () => {
    await write(Array.from({ length: 5_200 }, (_, at) => `m${at}`));
    expect((await takeTail(store, { ...id, keepMessages: 10 })).held).toBeNull();
    await write(["x".repeat(3_000_000), "y".repeat(3_000_000), "z"]);
    expect(await takeTail(store, { ...id, keepMessages: 1 })).toEqual({
      result: { removed: 2, length: 1 },
      held: null,
    });
  });

  it("is trimmed only while the list is what was shown", async () => {
    await write(["a", "b", "c"]);
    const { length, newestDigest, oldestDigest } = await readMessages(store, id);
    await store.command("LPUSH", key, "d");
    const trim = takeTail(store, { ...id, keepMessages: 1, seen: { length, newestDigest, oldestDigest } });
    await expect(trim).rejects.toMatchObject({ code: "conflict" });
    expect(await stored()).toHaveLength(4);
  });
});

describe("what is held", () => {
  it("is good for this session, after a try that Redis refused too, and until it is put back", async () => {
    await write(["a", "b"]);
    const name = await hold(await remove(0));
    const elsewhere = undoChange(store, store, { ...id, subject, session: "other", undo: name! });
    await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
    await store.command("CONFIG", "SET", "maxmemory", "1");
    const refused = await undo(name).catch(String);
    await store.command("CONFIG", "SET", "maxmemory", "0");
    expect(refused).toContain("OOM");
    expect(await stored()).toEqual(["b"]);
    const clicks = await Promise.allSettled([undo(name), undo(name)]);
    expect(clicks.map(({ status }) => status)).toContain("fulfilled");
    expect(await stored()).toEqual(["a", "b"]);
    await expect(undo(name)).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes with an erasure: what was deleted does not come back", async () => {
    await write(["only"]);
    const person = subjectOf(id.userId);
    const name = await holdForUndo(store, { subject: person, scope: session, held: await remove(0) });
    await eraseConsoleState(store, id.userId);
    const back = undoChange(store, store, { ...id, subject: person, session, undo: name! });
    await expect(back).rejects.toMatchObject({ code: "not_found" });
    expect(await store.command("EXISTS", key)).toBe(0);
  });
});
