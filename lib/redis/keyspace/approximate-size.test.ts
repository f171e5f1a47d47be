import { afterAll, beforeAll, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import { approximateSize } from "./approximate-size";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

test("a memory with more fields than Redis samples by itself is counted with its embedding", async () => {
  for (let extra = 0; extra <= 8; extra += 1) {
    const key = `user:alice:pref:${extra}`;
    const more = Array.from({ length: extra }, (_, at) => [`field_${at}`, "x"]).flat();
    const known = ["user_id", "alice", "content", "a fact", "importance", 5, "timestamp", 1_717_935_000];
    await store.command("HSET", key, ...known, ...more, "embedding", Buffer.alloc(2_048, 1));
    const exact = toInt(await store.command("MEMORY", "USAGE", key, "SAMPLES", 0));
    expect(toInt(await store.command(...approximateSize(key)))).toBe(exact);
  }
});
