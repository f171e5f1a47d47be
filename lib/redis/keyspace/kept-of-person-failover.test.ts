/** What is kept of a person while the server they lie on is replaced by another, or their keys move to another. */
import { afterEach, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { startRedisCluster, until } from "../../testing/redis-cluster";
import { startRedisSentinel } from "../../testing/redis-sentinel";
import { slotOf } from "../store/cluster-slots";
import { Store } from "../store/store";
import { changesOf } from "./changes";
import { measureUserKeys } from "./survey-user";

const ann = Buffer.from("ann");
const memory = (at: number) => ["HSET", `user:ann:pref:00${at}`, "user_id", "ann", "content", "tea"];
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function watching(url: string): Promise<Store> {
  const store = new Store(url);
  ends.push(() => {
    changesOf(store).stop();
    store.close();
  });
  changesOf(store).start();
  await until(() => changesOf(store).live);
  return store;
}

const names = async (store: Store) => {
  const { facts } = await measureUserKeys(store, store, ann);
  return facts.map(({ key }) => String(key)).sort();
};
/** Those that can be asked for: a store that is down says so. */
const namesOrNull = (store: Store) => names(store).catch(() => null);

test("a primary that dies: what the new one was told is there, what it never had is not", async () => {
  const watched = await startRedisSentinel();
  ends.push(() => watched.remove());
  const store = await watching(watched.url);
  for (const at of [1, 2]) await command(watched.primary.url, memory(at));
  await until(async () => (await names(store)).length === 2);
  expect(await command(watched.primary.url, ["WAIT", 1, 5_000])).toBe(1);
  // Written at the last moment: it may die with the primary.
  await command(watched.primary.url, memory(3));
  await watched.primary.kill();
  await until(async () => {
    const role = (await command(watched.replica.url, ["ROLE"])) as string[];
    return role[0] === "master";
  });
  await command(watched.replica.url, memory(4));
  await command(watched.replica.url, ["DEL", "user:ann:pref:001"]);
  const onIt = ((await command(watched.replica.url, ["KEYS", "user:ann:*"])) as string[]).sort();
  expect(onIt).toContain("user:ann:pref:004");
  await until(async () => String(await namesOrNull(store)) === String(onIt));
  await until(() => changesOf(store).live);
  // From here on by what is told alone.
  await command(watched.replica.url, memory(5));
  await until(async () => (await names(store)).includes("user:ann:pref:005"));
}, 60_000);

test("keys that move to another node of the cluster are counted once, before, during and after", async () => {
  const cluster = await startRedisCluster();
  ends.push(() => cluster.remove());
  const store = await watching(cluster.url);
  for (const at of [1, 2, 3]) await store.command(...(memory(at) as [string, ...string[]]));
  await until(async () => (await names(store)).length === 3);
  const slot = slotOf("user:ann:pref:001");
  const from = Math.min(2, Math.floor(slot / 5_461.34));
  const [source, target] = [cluster.primaries[from]!, cluster.primaries[(from + 1) % 3]!];
  const all = await names(store);
  await cluster.moveSlot(slot, source, target, async () => {
    expect(await names(store)).toEqual(all);
  });
  await until(async () => String(await namesOrNull(store)) === String(all));
  await store.command("HSET", "user:ann:pref:001", "content", "x".repeat(5_000));
  await until(async () => {
    const { facts } = await measureUserKeys(store, store, ann);
    return facts.some(
      ({ key, sizeBytes }) => String(key) === "user:ann:pref:001" && (sizeBytes ?? 0) > 5_000,
    );
  });
  expect(await names(store)).toEqual(all);
}, 60_000);
