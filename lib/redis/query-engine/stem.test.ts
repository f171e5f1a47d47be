import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { isError, toText } from "../store/reply";
import { Store } from "../store/store";
import { stemOf } from "./stem";
import { DEFAULT_STOP_WORDS } from "./words";

const redis = testRedis();
let store: Store;
beforeAll(async () => {
  store = new Store(redis.url());
  await store.command("FT.CREATE", "idx", "ON", "HASH", "PREFIX", 1, "user:", "SCHEMA", "content", "TEXT");
});
afterAll(() => store.close());

/** Words of the project's own texts, and those on which stemmers differ. */
function vocabulary(): string[] {
  const texts = ["scripts/demo/texts.ts", "README.md", "LICENSE"].map((path) => readFileSync(path, "utf8"));
  const hard =
    "skies dying generously news proceed succeed generic communism arsenal inning outing canning herring exceed " +
    "sky idly gently early only singly bias atlas cosmos howe lying tying andes naïve élan hopping hoped agreed";
  const words = new Set(
    [...texts, hard]
      .join(" ")
      .toLowerCase()
      .match(/\p{L}{2,20}/gu),
  );
  return [...words].filter((word) => !DEFAULT_STOP_WORDS.includes(word));
}

test("a stem is what the engine makes of the word", async () => {
  const words = vocabulary();
  expect(words.length).toBeGreaterThan(1_000);
  const explained = await store.pipeline(
    words.map((word) => ["FT.EXPLAIN", "idx", `@content:(${word})`, "DIALECT", 2] as const),
    20_000,
  );
  const different = words.flatMap((word, at) => {
    const reply = explained[at];
    if (isError(reply)) throw reply;
    // UNION { skies, +sky(expanded), sky(expanded) }
    const stem = /\+([^\s(]+)\(expanded\)/.exec(toText(reply))?.[1] ?? word;
    return stem === stemOf(word) ? [] : [`${word}: ${stem}, not ${stemOf(word)}`];
  });
  expect(different).toEqual([]);
});
