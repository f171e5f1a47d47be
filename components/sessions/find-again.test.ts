/** A reader whose list is trimmed or changed under them, on a real Redis. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { locateMessage } from "@/lib/redis/sessions/locate-message";
import { readMessages } from "@/lib/redis/sessions/read-messages";
import { id, key } from "@/lib/redis/sessions/test-kit";
import { Store } from "@/lib/redis/store/store";
import { testRedis } from "@/lib/testing/redis";
import { openWindow } from "./conversation-window";
import { type Asks, findAgain } from "./find-again";
import { MORE_MESSAGES, sideAround } from "./queries";

const redis = testRedis();
const target = { userRef: "u", session: "s" };
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store?.close());

const around = (position: number) =>
  readMessages(store, { ...id, ...sideAround(position), limit: MORE_MESSAGES });
const asks = (budgetMs = 60_000): Asks => ({
  locate: (wanted) => locateMessage(store, { ...id, ...wanted, budgetMs }),
  around,
});

async function reader(length: number, position: number) {
  await store.command("DEL", key);
  for (let at = 0; at < length; at += 1_000) {
    const fresh = Array.from({ length: Math.min(1_000, length - at) }, (_, n) => `m${at + n}`);
    await store.command("LPUSH", key, ...fresh);
  }
  const window = openWindow(await around(position), undefined, position);
  const again = async (budgetMs?: number) => {
    const page = await readMessages(store, id);
    const found = await findAgain(target, window, page, position, asks(budgetMs));
    return typeof found === "string" ? found : found.items.map(({ text, position: at }) => [at, text]);
  };
  return { again };
}

test("what stayed is found after a trim of many thousand messages", async () => {
  const { again } = await reader(20_000, 15_000);
  await store.command("LTRIM", key, 0, 7_999);
  expect(await again()).toContainEqual([3_000, "m15000"]);
});

test("messages that were taken out beside the topmost one do not lose it", async () => {
  const { again } = await reader(500, 200);
  await store.command("LREM", key, 1, "m201");
  await store.command("LREM", key, 1, "m190");
  expect(await again()).toContainEqual([199, "m200"]);
});

test("when the topmost message itself was taken out, its place is shown", async () => {
  const { again } = await reader(500, 200);
  await store.command("LREM", key, 1, "m200");
  expect(await again()).toContainEqual([200, "m201"]);
});

test("gone is said of what is gone, and not of what nobody had the time to find", async () => {
  const { again } = await reader(20_000, 5_000);
  await store.command("LTRIM", key, 0, 9_999);
  expect(await again()).toBe("gone");
  expect(await again(0)).toBe("not-found");
});

test.each([0, 49, 50, 51, 52, 119])("a page around position %i has it", async (position) => {
  await reader(120, 0);
  const side = sideAround(position);
  expect(Object.values(side)[0]).toBeGreaterThanOrEqual(0);
  const { messages } = await around(position);
  expect(messages.map((message) => message.position)).toContain(position);
});
