/** A category is a part of the key, and in a cluster another key may lie on another server. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedisCluster, type TestCluster } from "../../testing/redis-cluster";
import { Store } from "../store/store";
import { moveMemory } from "./move-memory";
import { memory } from "./test-kit";

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

test("without hash tags it is refused, with the reason and the cure, and nothing changes", async () => {
  await store.command(...memory("alice", "pref:001"));
  const name = { category: Buffer.from("pref"), number: Buffer.from("001") };
  const moved = moveMemory(store, { userId: Buffer.from("alice"), memory: name, category: "work" });
  await expect(moved).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining("different nodes"),
    details: { hint: expect.stringContaining("USER_KEY_HASHTAG") },
  });
  expect(await store.command("EXISTS", "user:alice:pref:001")).toBe(1);
  expect(await store.command("EXISTS", "user:alice:work:001")).toBe(0);
}, 60_000);
