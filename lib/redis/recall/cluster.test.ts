/** A person's memories lie on one node, whichever it is: a search finds them all, asked of the index or one by one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { embedder } from "../../embeddings/embedder";
import { startRedisCluster, type TestCluster, until } from "../../testing/redis-cluster";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { searchMemories } from "./operations";
import { plainQuestion } from "./question";
import { writeMemory } from "./test-kit";
import { searchVectorSets } from "./vector-sets";
import { whyNotFound } from "./why-not-found";

let cluster: TestCluster;
let store: Store;
const PEOPLE = Array.from({ length: 12 }, (_, at) => `person-${at}`);
const VECTOR = "1 2 3 4 5 6 7 8";

beforeAll(async () => {
  cluster = await startRedisCluster({ queryEngine: true });
  store = new Store(cluster.url);
  // On a busy machine the first connection takes longer than a page would wait for it.
  await until(() =>
    store.command("PING").then(
      () => true,
      () => false,
    ),
  );
  const [, ...words] = tutorialCommandsNamed("FT.CREATE")[0]!;
  await store.command("FT.CREATE", ...words);
  for (const user of PEOPLE) {
    for (const at of [1, 2, 3]) {
      await writeMemory(store, user, `pref:${at}`, `harbour ${at}`, Float32Array.of(1, 2, 3, 4, 5, 6, 7, at));
    }
  }
}, 60_000);
afterAll(async () => {
  store?.close();
  await cluster?.remove();
});

test("everybody's own are found, by words and by meaning", async () => {
  const asked = (user: string) => ({
    ...plainQuestion(Buffer.from(user), "harbour"),
    vector: VECTOR,
    index: "idx:preferences",
  });
  await until(async () => (await searchMemories(store, store, null, asked("person-0"))).hits.length === 3);
  const { searchCoversOneShard } = await store.capabilities();
  for (const user of PEOPLE) {
    const result = await searchMemories(store, store, null, asked(user));
    expect(result.hits.map(({ userLabel }) => userLabel)).toEqual([user, user, user]);
    expect(result.hits[0]).toMatchObject({ textRank: expect.any(Number), vectorRank: expect.any(Number) });
    expect(result.basisReason).toBe(searchCoversOneShard ? "one-node" : null);
  }
  const everyone = await searchMemories(store, store, null, { ...asked("x"), userId: null });
  expect(everyone.notices.some(({ kind }) => kind === "one-node")).toBe(searchCoversOneShard);
  const name = { userId: Buffer.from("person-3"), category: Buffer.from("pref"), number: Buffer.from("2") };
  const why = await whyNotFound(store, store, null, { ...asked("person-3"), query: "zebra", k: 1 }, name);
  expect(why.reasons.map(({ kind }) => kind)).toContain("too-far-down");
});

test("a vector set is asked where it lies", async () => {
  // One node takes it, the others say where.
  await store.everyNode("VADD", "user:person-5:facts", "VALUES", 8, ...VECTOR.split(" "), "likes tea");
  forgetEverybody(store);
  const { sets } = await searchVectorSets(store, embedder(), {
    ...plainQuestion(null, ""),
    userId: Buffer.from("person-5"),
    vector: VECTOR,
  });
  expect(sets).toMatchObject([{ name: "facts", hits: [{ element: "likes tea", rank: 1 }] }]);
});
