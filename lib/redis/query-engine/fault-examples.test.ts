import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import { eraseExamples, forgetExamples, keepExamples, readExamples } from "./fault-examples";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const example = (user: string, at = 0, fault = "missing") => ({
  fault,
  at,
  memory: {
    class: "memories" as const,
    userId: Buffer.from(user),
    category: Buffer.from("pref"),
    number: Buffer.from("001"),
  },
});
const faults = async (index: string) => (await readExamples(store, index)).map(({ fault }) => fault).sort();

test("kept by index, whatever its name, and forgotten by index", async () => {
  const odd = "idx\nof\nlines";
  await keepExamples(store, "idx:one", [example("alice"), example("bob", 1, "stale")]);
  await keepExamples(store, odd, [example("alice", 0, "text")]);
  expect(await faults("idx:one")).toEqual(["missing", "stale"]);
  await forgetExamples(store, "idx:one");
  expect(await faults("idx:one")).toEqual([]);
  expect(await faults(odd)).toEqual(["text"]);
});

test("hold no id in clear, end by themselves, and go with their person", async () => {
  await keepExamples(store, "idx:one", [example("alice"), example("alicette", 1, "stale")]);
  const key = consoleKeys.faultExamples();
  expect(String(await store.command("HGETALL", key))).not.toContain("alice");
  const [field] = (await store.command("HKEYS", key)) as Buffer[];
  expect(Number(((await store.command("HTTL", key, "FIELDS", 1, field!)) as number[])[0])).toBeGreaterThan(0);
  await eraseExamples(store, subjectOf(Buffer.from("alice")));
  expect(await faults("idx:one")).toEqual(["stale"]);
});
