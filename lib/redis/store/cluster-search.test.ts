/** The Query Engine in a cluster: with its coordinator it finds everything, without it what lies on one node. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bytes, createIndex, indexTotal, personCommands, TWINS } from "../../testing/people";
import { startRedisCluster, type TestCluster, until } from "../../testing/redis-cluster";
import { Store } from "./store";

let cluster: TestCluster;
let store: Store;
beforeAll(async () => {
  cluster = await startRedisCluster({ queryEngine: true });
  store = new Store(cluster.url);
}, 60_000);
afterAll(async () => {
  store?.close();
  await cluster?.remove();
});

test("says whether a search covers one node alone, and that is so", async () => {
  const { queryEngine, searchCoversOneShard } = await store.capabilities();
  expect(queryEngine).not.toBeNull();
  const people = [...TWINS, ...Array.from({ length: 30 }, (_, at) => bytes(`p${at}`))];
  const all = people.length * 3;
  await createIndex(store);
  await store.pipeline(people.flatMap((id) => personCommands(id)));
  await until(async () => (await indexTotal(store, "*")) > (searchCoversOneShard ? 0 : all - 1));
  const found = await indexTotal(store, "*");
  if (searchCoversOneShard) expect(found).toBeLessThan(all);
  else expect(found).toBe(all);
});
