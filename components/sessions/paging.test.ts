/** A reader who scrolls while assistants write and trim, on a real Redis: nothing twice, nothing missed that stayed. */

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { locateMessage } from "@/lib/redis/sessions/locate-message";
import { readMessages } from "@/lib/redis/sessions/read-messages";
import type { MessagePage } from "@/lib/redis/sessions/schema";
import { id, key } from "@/lib/redis/sessions/test-kit";
import { Store } from "@/lib/redis/store/store";
import { testRedis } from "@/lib/testing/redis";
import {
  type ConversationWindow,
  joinNewest,
  joinPage,
  MOST_ITEMS,
  moveWindow,
  newerThan,
  openWindow,
} from "./conversation-window";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store?.close());

type Change = { push: number } | { keep: number } | { expire: true };

/** The list as an assistant knows it, oldest first; every message another one. */
async function assistant() {
  await store.command("DEL", key);
  let list: string[] = [];
  let count = 0;
  const push = async (n: number) => {
    const fresh = Array.from({ length: n }, () => `m${count++}`);
    if (n > 0) await store.command("LPUSH", key, ...fresh);
    list = [...list, ...fresh];
  };
  return {
    list: () => list,
    push,
    async make(change: Change) {
      if ("push" in change) await push(change.push);
      else if ("keep" in change) {
        await store.command("LTRIM", key, 0, change.keep - 1);
        list = list.slice(-change.keep);
      } else {
        await store.command("DEL", key);
        list = [];
        await push(3);
      }
    },
  };
}

const read = (more: object = {}): Promise<MessagePage> => readMessages(store, { ...id, ...more });

/** As the page does it: the newest page is laid over the window, which is looked for when it does not fit. */
async function refresh(window: ConversationWindow): Promise<ConversationWindow> {
  const page = await read();
  const next = joinNewest(window, page, false);
  if (next.restarts === window.restarts) return next;
  const run = window.items.slice(-3);
  const { position } = await locateMessage(store, {
    ...id,
    position: run[0]!.position,
    marks: run.map(({ mark }) => mark),
  });
  return position === null ? next : moveWindow(window, page, run[0]!.position - position);
}

const texts = ({ items }: ConversationWindow) => items.map(({ text }) => text);

const change = fc.oneof(
  { weight: 5, arbitrary: fc.record({ push: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ keep: fc.integer({ min: 5, max: 300 }) }) },
  { weight: 1, arbitrary: fc.constant({ expire: true } as const) },
);
const step = fc.oneof(fc.constant("older" as const), fc.constant("newer" as const), change);

test("whatever is written, trimmed or expires, the window is one run of the list", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(400), fc.array(step, { maxLength: 10 }), async (start, steps) => {
      const redisList = await assistant();
      await redisList.push(start + 1);
      let window = openWindow(await read());
      for (const made of steps) {
        if (made === "older" && window.first > 0) {
          window = joinPage(window, await read({ before: window.first, limit: 100 }));
        } else if (made === "newer" && newerThan(window) > 0) {
          window = joinPage(
            window,
            await read({ after: window.first + window.items.length - 1, limit: 100 }),
          );
        } else if (typeof made === "object") {
          await redisList.make(made);
          // A page that was on its way when the list changed: it must not break the run either.
          window = joinPage(window, await read({ before: Math.max(1, window.first), limit: 50 }));
          window = await refresh(window);
          // What is shown is a run of the list as it is now: nothing twice, and nothing missed in between.
          const list = redisList.list();
          expect(texts(window)).toEqual(list.slice(window.first, window.first + window.items.length));
          expect(window.length).toBe(list.length);
        }
        expect(new Set(texts(window)).size).toBe(window.items.length);
        expect(window.items.length).toBeLessThanOrEqual(MOST_ITEMS);
      }
    }),
    { numRuns: 120 },
  );
});

test("scrolling from the newest to the oldest of a long list sees every message once, in flat memory", async () => {
  const redisList = await assistant();
  for (let at = 0; at < 10; at += 1) await redisList.push(1_000);
  let window = openWindow(await read());
  const seen = new Set(texts(window));
  let largest = 0;
  for (let round = 0; window.first > 0; round += 1) {
    if (round % 10 === 3) {
      await redisList.make({ push: 2 });
      window = await refresh(window);
    }
    window = joinPage(window, await read({ before: window.first, limit: 100 }));
    for (const text of texts(window)) seen.add(text);
    largest = Math.max(largest, window.items.length);
  }
  expect(largest).toBe(MOST_ITEMS);
  expect(
    redisList
      .list()
      .slice(0, 10_000)
      .filter((text) => !seen.has(text)),
  ).toEqual([]);
  // And back again: what was dropped is read anew.
  while (newerThan(window) > 0) {
    window = joinPage(window, await read({ after: window.first + window.items.length - 1, limit: 100 }));
  }
  expect(texts(window)).toEqual(redisList.list().slice(-window.items.length));
});
