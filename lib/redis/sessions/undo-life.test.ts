import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { holdForUndo } from "../undo-record";
import type { Held } from "./held";
import { changeLife } from "./session-life";
import { id, key } from "./test-kit";
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

const write = (messages: readonly string[]) => store.command("LPUSH", key, ...messages);
const hold = (held: Held | null) => holdForUndo(store, { subject, scope: session, held });
const undo = (name: string | null) => undoChange(store, store, { ...id, subject, session, undo: name ?? "" });

describe("a life", () => {
  it.each([
    ["an expiry that was changed", { expireSeconds: 60 }, 500_000],
    ["an expiry that was taken away", {}, 500_000],
    ["an expiry that was set", { expireSeconds: 60 }, -1],
    ["an expiry at a time", { expireAtMs: Date.now() + 3_600_000 }, 500_000],
  ])("%s is as before", async (_, change, formerMs) => {
    await write(["a"]);
    if (formerMs > 0) await store.command("PEXPIRE", key, formerMs);
    const before = toInt(await store.command("PEXPIRETIME", key));
    const name = await hold((await changeLife(store, { ...id, ...change })).held);
    expect(toInt(await store.command("PEXPIRETIME", key))).not.toBe(before);
    expect(await undo(name)).toMatchObject({ kind: "life", messages: 0 });
    expect(toInt(await store.command("PEXPIRETIME", key))).toBe(before);
  });

  it("is left alone when somebody set another meanwhile, or when the former one is over", async () => {
    await write(["a"]);
    const name = await hold((await changeLife(store, { ...id, expireSeconds: 60 })).held);
    await store.command("EXPIRE", key, 120);
    await expect(undo(name)).rejects.toMatchObject({ code: "conflict" });
    const after = { length: 1, newestDigest: "", oldestDigest: "" };
    const late: Held = { kind: "life", after, setAtMs: -1, formerAtMs: Date.now() - 1 };
    await expect(undo(await hold(late))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("over"),
    });
    await expect(changeLife(store, { ...id, expireAtMs: Date.now() - 1 })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it.each<[string, Command[]]>([
    [
      "another session has the name",
      [
        ["DEL", key],
        ["LPUSH", key, "x", "y", "z"],
      ],
    ],
    ["its oldest were trimmed", [["LTRIM", key, 0, 0]]],
    ["it was deleted", [["DEL", key]]],
  ])("stays as it is when %s", async (_, changes) => {
    await write(["a", "b"]);
    await store.command("PEXPIRE", key, 500_000);
    const name = await hold((await changeLife(store, id)).held);
    for (const change of changes) await store.command(...change);
    await expect(undo(name)).rejects.toMatchObject({ code: "conflict" });
    expect(toInt(await store.command("PTTL", key))).toBeLessThan(0);
  });

  it("is as before although messages came meanwhile", async () => {
    await write(["a", "b"]);
    await store.command("PEXPIRE", key, 500_000);
    const name = await hold((await changeLife(store, id)).held);
    await store.command("LPUSH", key, "c", "d");
    expect(await undo(name)).toMatchObject({ kind: "life", length: 4 });
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(400_000);
  });
});
