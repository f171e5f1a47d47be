import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SafeError } from "../errors";
import { testRedis } from "../testing/redis";
import { consoleKeys } from "./console-keys";
import { toArray, toInt } from "./store/reply";
import { Store } from "./store/store";
import { holdForUndo, undoHeld } from "./undo-record";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store?.close());

const subject = "subject-of-alice";
const key = consoleKeys.undo(subject);
const hold = async () => (await holdForUndo(store, { subject, scope: "here", held: { what: "it" } }))!;
const undo = (name: string, restore: (held: { what: string }) => Promise<string>, scope = "here") =>
  undoHeld(store, { subject, scope, undo: name, restore });
const works = async ({ what }: { what: string }) => what;
const fails = (error: Error) => async (): Promise<string> => {
  throw error;
};
/** Milliseconds that it is still held; -2: it is not. */
const lifeOf = async (name: string) =>
  toInt(toArray(await store.command("HPTTL", key, "FIELDS", 1, name))[0]);

test("is held for some seconds, in its scope, until it was put back", async () => {
  const name = await hold();
  expect(await lifeOf(name)).toBeGreaterThan(0);
  expect(await lifeOf(name)).toBeLessThanOrEqual(15_000);
  await expect(undo(name, works, "elsewhere")).rejects.toMatchObject({ code: "not_found" });
  await expect(undo("another", works)).rejects.toMatchObject({ code: "not_found" });
  expect(await undo(name, works)).toBe("it");
  expect(await lifeOf(name)).toBe(-2);
  await expect(undo(name, works)).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  new SafeError("store_unreachable", "Redis cannot be reached."),
  new SafeError("outcome_unknown", "The answer was lost."),
  new Error("OOM command not allowed"),
])("stays after a failure that may pass, for as long again: %s", async (error) => {
  const name = await hold();
  await store.command("HPEXPIRE", key, 5_000, "FIELDS", 1, name);
  await expect(undo(name, fails(error))).rejects.toBe(error);
  expect(await lifeOf(name)).toBeGreaterThan(5_000);
  expect(await undo(name, works)).toBe("it");
});

test("goes once it can never be put back", async () => {
  const name = await hold();
  await expect(undo(name, fails(new SafeError("conflict", "Moved on.")))).rejects.toThrow("Moved on.");
  expect(await lifeOf(name)).toBe(-2);
});
