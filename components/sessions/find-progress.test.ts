/** A search that goes on while the session does, on a real Redis. */

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { findMessages } from "@/lib/redis/sessions/find-messages";
import type { FoundMessages } from "@/lib/redis/sessions/find-schema";
import { id, key } from "@/lib/redis/sessions/test-kit";
import { Store } from "@/lib/redis/store/store";
import { testRedis } from "@/lib/testing/redis";
import { countWords, type Found, stepTo, withNewer, withOlder } from "./find-progress";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store?.close());

const found = (positions: number[], rest = 0): Found => ({
  words: "x",
  positions,
  total: positions.length,
  rest,
  end: 100,
  listMark: "",
  cutMessages: 0,
  masked: false,
});

test("in pieces, with messages that come between them, it finds what one look at the end finds", async () => {
  const word = fc.constantFrom("needle", "hay");
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.array(fc.array(word, { maxLength: 5 }), { maxLength: 4 }),
      async (start, later) => {
        await store.command("DEL", key);
        let sent = 0;
        const push = (texts: string[]) =>
          store.command("LPUSH", key, ...texts.map((content) => `${content} ${sent++}`));
        const ask = (more: object = {}) => findMessages(store, { ...id, words: "needle", ...more });
        await push(start);
        // A round of the search ends wherever its time is up; here, after less than half of the list.
        const whole = await ask();
        const middle = Math.ceil(whole.length / 2);
        let so: Found | null = withOlder("needle", null, {
          ...whole,
          positions: whole.positions.filter((at) => at >= middle),
          total: whole.positions.filter((at) => at >= middle).length,
          next: middle === 0 ? null : middle,
        });
        for (const texts of later) {
          if (texts.length > 0) await push(texts);
          so = withNewer(so!, await ask({ from: so!.end, listMark: so!.listMark }));
        }
        if (so!.rest > 0)
          so = withOlder("needle", so, await ask({ before: so!.rest, listMark: so!.listMark }));
        const all = await ask();
        expect(so).toMatchObject({ positions: all.positions, total: all.total, rest: 0, end: all.length });
      },
    ),
    { numRuns: 60 },
  );
});

test("new messages that are too many for one answer begin the search anew", () => {
  const answer = { positions: [], total: 0, next: 200, length: 9_000, listMark: "9000-a", cutMessages: 0 };
  expect(withNewer(found([1]), answer)).toBeNull();
});

test("after messages were removed, what was known is forgotten", () => {
  const answer: FoundMessages = {
    positions: [4],
    total: 1,
    next: 3,
    length: 50,
    listMark: "50-a",
    cutMessages: 0,
    anew: true,
  };
  const anew = { positions: [4], total: 1, rest: 3, end: 50, listMark: "50-a" };
  expect(withNewer(found([1, 2]), answer)).toMatchObject(anew);
  expect(withOlder("x", found([1, 2]), answer)).toMatchObject(anew);
});

describe("stepTo", () => {
  it.each([
    ["the newest at first", [3, 7, 9], null, -1, 0, 9],
    ["the newest at first, in the other direction too", [3, 7, 9], null, 1, 0, 9],
    ["the next older", [3, 7, 9], 7, -1, 0, 3],
    ["the next newer", [3, 7, 9], 7, 1, 0, 9],
    ["from a message that is no match", [3, 7, 9], 8, -1, 0, 7],
    ["round from the oldest", [3, 7, 9], 3, -1, 0, 9],
    ["round from the newest", [3, 7, 9], 9, 1, 0, 3],
    ["not round while older ones are not searched", [3, 7, 9], 3, -1, 2, null],
    ["nowhere when there is none", [], null, -1, 0, null],
  ] as const)("goes to %s", (_, positions, at, by, rest, expected) => {
    expect(stepTo(found([...positions], rest), at, by)).toBe(expected);
  });
});

describe("countWords", () => {
  it.each([
    [found([1]), null, "1 message holds it"],
    [found([1, 2]), null, "2 messages hold it"],
    [found([1, 2]), 1, "1 of 2"],
    [found([1, 2], 1), null, "at least 2 messages hold it"],
    [found([1, 2], 1), 2, "number 1 from the newest, of at least 2"],
  ])("%#", (so, at, words) => expect(countWords(so, at)).toBe(words));
});
