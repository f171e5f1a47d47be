/** With ids in braces all keys of a person lie in one slot, so a category changes in a cluster too. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startRedisCluster, type TestCluster } from "../../testing/redis-cluster";
import { memoryKey } from "../keys";
import { Store } from "../store/store";
import { moveMemory } from "./move-memory";
import { wholeHash } from "./test-kit";

// The configuration is read once, at its first use.
vi.hoisted(() => {
  process.env.USER_KEY_HASHTAG = "1";
});

let cluster: TestCluster;
let store: Store;
beforeAll(async () => {
  cluster = await startRedisCluster();
  store = new Store(cluster.url);
}, 60_000);
afterAll(async () => {
  store?.close();
  await cluster?.remove();
});

test("the whole hash goes, lives and all", async () => {
  const userId = Buffer.from("alice");
  const name = { category: Buffer.from("pref"), number: Buffer.from("001") };
  const key = memoryKey(userId, name.category, name.number);
  await store.command("HSET", key, "user_id", userId, "content", "likes tea", "source", "chat");
  await store.command("HPEXPIRE", key, 90_000, "FIELDS", 1, "source");
  await store.command("PEXPIRE", key, 500_000);
  const before = await wholeHash(store, key.toString());
  const { to } = await moveMemory(store, { userId, memory: name, category: "work" });
  expect(await wholeHash(store, memoryKey(userId, to.category, to.number).toString())).toEqual(before);
  expect(await store.command("EXISTS", key)).toBe(0);
}, 60_000);
