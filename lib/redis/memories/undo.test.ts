import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { eraseConsoleState } from "../erasure/console-state";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { holdForUndo } from "../undo-record";
import { takeMemory } from "./delete-memory";
import { changeMemoryLife } from "./memory-life";
import { memory, oneMemory, VECTOR_8 } from "./test-kit";
import { type Held, UNDO_SCOPE, undoMemoryChange } from "./undo";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const { userId, one, key, read, write, whole } = oneMemory(() => store);
const subject = subjectOf(userId);

const hold = (held: Held | null) => holdForUndo(store, { subject, scope: UNDO_SCOPE, held });
const undo = (name: string | null) => undoMemoryChange(store, store, { userId, subject, undo: name ?? "" });

describe("a deleted memory", () => {
  it("is put back exactly: any bytes, fields nobody knows, lives of fields and of the key", async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(bytes, { maxLength: 30, selector: (field) => field.toString("latin1") }),
        fc.option(fc.integer({ min: 60_000, max: 9e9 }), { nil: null }),
        fc.integer({ min: 0, max: 30 }),
        async (fields, lifeMs, ending) => {
          await redis.flush();
          await write();
          for (const field of fields.filter((name) => name.toString() !== "user_id"))
            await store.command("HSET", key, field, Buffer.concat([field, VECTOR_8]));
          for (const field of fields.slice(0, ending))
            await store.command("HPEXPIRE", key, 90_000, "FIELDS", 1, field);
          if (lifeMs !== null) await store.command("PEXPIRE", key, lifeMs);
          const before = await whole();
          const name = await hold((await takeMemory(store, one)).held);
          expect(await store.command("EXISTS", key)).toBe(0);
          expect(await undo(name)).toMatchObject({ kind: "deleted", memories: 1, refused: 0 });
          expect(await whole()).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each<[string, Command]>([
    ["a memory", memory("alice", "pref:001", { content: "another" })],
    ["a list", ["LPUSH", key, "x"]],
  ])("is not put back over %s that is there now", async (_, command) => {
    await write();
    const name = await hold((await takeMemory(store, one)).held);
    await store.command(...command);
    const before = await store.command("DUMP", key);
    await expect(undo(name)).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("DUMP", key)).toEqual(before);
  });

  test("is not put back when its life is over, when it was undone already, or after an erasure", async () => {
    const over = Date.now() - 1;
    await write();
    const held = (await takeMemory(store, one)).held as Held & { kind: "deleted" };
    const late = await hold({
      ...held,
      memories: held.memories.map((one) => ({ ...one, expireAtMs: over })),
    });
    await expect(undo(late)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("over"),
    });
    await write();
    const name = await hold((await takeMemory(store, one)).held);
    await undo(name);
    await expect(undo(name)).rejects.toMatchObject({ code: "not_found" });
    const erased = await hold((await takeMemory(store, one)).held);
    await eraseConsoleState(store, userId);
    await expect(undo(erased)).rejects.toMatchObject({ code: "not_found" });
    expect(await store.command("EXISTS", key)).toBe(0);
  });

  test("is still there to be put back after a try that Redis refused, and is put back once", async () => {
    await write();
    const before = await whole();
    const name = await hold((await takeMemory(store, one)).held);
    await store.command("CONFIG", "SET", "maxmemory", "1");
    const refused = await undo(name).catch(String);
    await store.command("CONFIG", "SET", "maxmemory", "0");
    expect(refused).toContain("OOM");
    const tries = await Promise.allSettled([undo(name), undo(name), undo(name)]);
    expect(tries.map(({ status }) => status)).toContain("fulfilled");
    expect(await whole()).toEqual(before);
    await expect(undo(name)).rejects.toMatchObject({ code: "not_found" });
  });

  test("that an earlier try put back, whose answer was lost, counts as put back", async () => {
    await write();
    await store.command("PEXPIRE", key, 90_000);
    const before = await whole();
    const { held } = await takeMemory(store, one);
    await undo(await hold(held));
    expect(await undo(await hold(held))).toMatchObject({ memories: 1, refused: 0 });
    expect(await whole()).toEqual(before);
    await store.command("PEXPIRE", key, 80_000);
    await expect(undo(await hold(held))).rejects.toMatchObject({ code: "conflict" });
  });

  test("was deleted only as it was read, and only if it was this person's", async () => {
    await write();
    const { version } = await read();
    await store.command("HSET", key, "content", "changed since");
    await expect(takeMemory(store, { ...one, version: version! })).rejects.toMatchObject({
      code: "conflict",
    });
    await store.command("HSET", key, "user_id", "Alice");
    await expect(takeMemory(store, one)).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("EXISTS", key)).toBe(1);
  });

  test("of a thousand fields and more, or of many megabytes, nothing is held", async () => {
    await write(Object.fromEntries(Array.from({ length: 1_100 }, (_, at) => [`f${at}`, at])));
    expect((await takeMemory(store, one)).held).toBeNull();
    await write({ blob: "x".repeat(4_100_000) });
    expect(await takeMemory(store, one)).toEqual({ result: { deleted: true }, held: null });
  });
});

describe("a life", () => {
  test.each([
    ["in an hour", { expireSeconds: 3_600 }, -1],
    ["at a time", { expireAtMs: Date.now() + 90_000 }, 500_000],
    ["taken away", {}, 500_000],
  ])("%s, and as before", async (_, life, formerMs) => {
    await write();
    if (formerMs > 0) await store.command("PEXPIRE", key, formerMs);
    const before = await whole();
    const { result, held, change } = await changeMemoryLife(store, { ...one, ...life });
    expect((await whole()).ends).not.toBe(before.ends);
    expect(result.ttlMs === null).toBe(Object.keys(life).length === 0);
    expect(change.before === null).toBe(formerMs < 0);
    await undo(await hold(held));
    expect(await whole()).toEqual(before);
  });

  test("is not put back over another; a time that is over is refused; so is somebody else's memory", async () => {
    await write();
    const { held } = await changeMemoryLife(store, { ...one, expireSeconds: 60 });
    await store.command("EXPIRE", key, 120);
    await expect(undo(await hold(held))).rejects.toMatchObject({ code: "conflict" });
    await expect(changeMemoryLife(store, { ...one, expireAtMs: Date.now() - 1 })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await store.command("HSET", key, "user_id", "Alice");
    await expect(changeMemoryLife(store, one)).rejects.toMatchObject({ code: "conflict" });
    expect(toInt(await store.command("TTL", key))).toBeGreaterThan(100);
  });
});
