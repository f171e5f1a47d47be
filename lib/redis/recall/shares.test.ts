/** What a word match counts for: by how much of the question it has, and by the beginnings of words. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import type { SearchQuestion } from "./question";
import { createIndex, indexed, search, writeMemory } from "./test-kit";

const redis = testRedis();
let store: Store;
const axis = (at: number) => Float32Array.from({ length: 8 }, (_, place) => (place === at ? 1 : 0.1));
const PASTED = [...axis(0)].join(" ");

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  await createIndex(store);
  await writeMemory(store, "alice", "pref:1", "dreams of hiking in the mountains", axis(0));
  await writeMemory(store, "alice", "pref:2", "the word night, said once", axis(3));
  await writeMemory(store, "alice", "work:1", "badge number NX7Q2P", axis(5));
  await indexed(store);
});

async function asked(changes: Partial<SearchQuestion>) {
  const { hits, words, commands } = await search(store, { vector: PASTED, ...changes });
  return { names: hits.map(({ category, number }) => `${category}:${number}`), hits, words, commands };
}

test("one word of five counts a fifth; all words count whole", async () => {
  const long = { query: "night long boring dark winter" };
  const shared = await asked(long);
  expect(shared.words).toHaveLength(5);
  const night = shared.hits.find(({ number, category }) => category === "pref" && number === "2")!;
  expect(night).toMatchObject({ textRank: 1 });
  expect(night.terms!.textTerm).toBeCloseTo(1.5 / 5 / 11, 10);
  const whole = await asked({ ...long, matchShare: false });
  expect(whole.hits.find(({ textRank }) => textRank === 1)!.terms!.textTerm).toBeCloseTo(1.5 / 11, 10);
  const code = await asked({ query: "NX7Q2P" });
  expect(code.names[0]).toBe("work:1");
  expect(code.hits[0]!.terms!.textTerm).toBeCloseTo(1.5 / 11, 10);
});

test("words alone stay in the engine's order, whatever their share", async () => {
  const { hits } = await asked({ query: "night long boring", mode: "text", vector: null });
  expect(hits.map(({ terms }) => terms!.textTerm)).toEqual([1.5 / 11]);
});

test("texts that many rows left behind are read for their share", async () => {
  const { hits, commands } = await asked({ query: "night long boring dark winter", k: 30 });
  expect(hits.find(({ textRank }) => textRank === 1)!.terms!.textTerm).toBeCloseTo(1.5 / 5 / 11, 10);
  expect(commands.some(({ purpose }) => purpose === "content")).toBe(true);
});

test("the beginning of a word finds it, and is marked", async () => {
  const found = await asked({ query: "mount", mode: "text", vector: null });
  expect(found.names).toEqual(["pref:1"]);
  const { content, matches } = found.hits[0]!;
  expect(matches.map(({ from, to }) => content.slice(from, to))).toEqual(["mountains"]);
  expect((await asked({ query: "mount", mode: "text", vector: null, beginningWeight: 0 })).names).toEqual([]);
});
