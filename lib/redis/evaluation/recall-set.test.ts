/** The defaults on a part of the recall set: `npm run bench -- recall` has all of it, and the figures. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecallSet } from "../../../scripts/demo/recall-set";
import { embedder } from "../../embeddings/embedder";
import { sealRef } from "../../refs";
import { testRedis } from "../../testing/redis";
import { vectorArgs } from "../memory-vectors";
import { createIndex, indexed } from "../recall/test-kit";
import { Store } from "../store/store";
import { USUAL_SETTINGS } from "./rules";
import { ask } from "./run";
import { meanOf, recallAt } from "./statistics";
import { outcomeOf } from "./summary";

const redis = testRedis();
let store: Store;
const people = readRecallSet().filter(({ name }) => ["mara", "noor"].includes(name));

beforeAll(async () => {
  store = new Store(redis.url());
  const by = embedder();
  await createIndex(store, { dimensions: by.dimensions });
  for (const { name, memories } of people) {
    const vectors = await by.embed(memories.map(({ content }) => content));
    await store.pipeline(
      memories.map(
        ({ memory, content, importance }, at) =>
          [
            ...(["HSET", `user:${name}:${memory}`, "user_id", name, "content", content] as const),
            ...["importance", importance, "timestamp", 1_750_000_000],
            ...vectorArgs({ content, vector: vectors[at]!, embedder: by }),
          ] as const,
      ),
    );
  }
  await indexed(store);
}, 120_000);
afterAll(() => store.close());

async function recallOf(name: string): Promise<Record<string, number>> {
  const { questions } = people.find((person) => person.name === name)!;
  const userRef = sealRef("user", Buffer.from(name));
  const means: Record<string, number> = {};
  for (const { name: setting, settings } of USUAL_SETTINGS) {
    const shares: number[] = [];
    for (const { query, expect: names } of questions) {
      const expected = names.map((memory) => sealRef("memory", Buffer.from(memory)));
      const { places } = await ask(store, store, { userRef, query, expected }, settings);
      shares.push(recallAt(outcomeOf(places), 5));
    }
    means[setting] = meanOf(shares);
  }
  return means;
}

test("notes: both lists find more among the first five than either", async () => {
  const { Words, Meaning, Both } = await recallOf("mara");
  expect(Both).toBeGreaterThan(Words! + 0.1);
  expect(Both).toBeGreaterThan(Meaning! + 0.05);
}, 120_000);

test("conversation, where words are enough: meaning takes nothing away", async () => {
  const { Words, Meaning, Both } = await recallOf("noor");
  expect(Both).toBeGreaterThan(Words! - 0.03);
  expect(Both).toBeGreaterThan(Meaning!);
}, 120_000);
