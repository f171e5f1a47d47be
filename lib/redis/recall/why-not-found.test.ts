import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { embedOne } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { vectorArgs } from "../memory-vectors";
import { Store } from "../store/store";
import { prepareSearch } from "./prepare";
import type { SearchQuestion } from "./question";
import { createIndex, indexed, question, run, search, writeAlice, writeMemory } from "./test-kit";
import { readFacts } from "./why-facts";
import { whyNotFound } from "./why-not-found";
import { leftOutBecause } from "./why-reasons";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

const why = (name: string, asked: Partial<SearchQuestion>, user = "alice") => {
  const [category, number] = name.split(":").map((part) => Buffer.from(part));
  return whyNotFound(store, store, null, question(asked), {
    userId: Buffer.from(user),
    category: category!,
    number: number!,
  });
};
const kinds = ({ reasons }: Awaited<ReturnType<typeof why>>) => reasons.map(({ kind }) => kind);

async function write(name: string, content: string, more: Record<string, string | number> = {}) {
  await writeMemory(store, "alice", name, content, await embedOne(content), more);
}

describe("with an index", () => {
  beforeEach(async () => {
    await redis.flush();
    await writeAlice(store, true);
    await createIndex(store, { dimensions: 512 });
  });

  test("it was found", async () => {
    const { hits } = await search(store, { query: "meetings" });
    const answer = await why("pref:001", { query: "meetings" });
    expect(answer.reasons).toEqual([{ kind: "found", place: 1 }]);
    expect(answer.memory).toMatchObject({
      memoryRef: hits[0]!.memoryRef,
      content: "prefers morning appointments before 10 AM",
    });
  });

  test("there is none, it is something else, or somebody else's", async () => {
    expect(kinds(await why("pref:404", { query: "meetings" }))).toEqual(["gone"]);
    await run(store, ["SET", "user:alice:pref:text", "meetings"]);
    expect(kinds(await why("pref:text", { query: "meetings" }))).toEqual(["wrong-type"]);
    await write("pref:other", "meetings", { user_id: "bob" });
    expect(kinds(await why("pref:other", { query: "meetings" }))).toEqual(["owner-mismatch"]);
    await write("pref:nobody", "meetings");
    await run(store, ["HDEL", "user:alice:pref:nobody", "user_id"]);
    expect(kinds(await why("pref:nobody", { query: "meetings" }))).toEqual(["no-owner-field"]);
  });

  test("not indexed: its vector's length, or a number that is none", async () => {
    await writeMemory(store, "alice", "pref:short", "meetings", new Float32Array(8).fill(1));
    expect((await why("pref:short", { query: "meetings" })).reasons).toEqual([
      { kind: "vector-length", bytes: 32, wantedBytes: 2_048, dimensions: 512 },
    ]);
    await write("pref:high", "meetings", { importance: "high", timestamp: "today" });
    expect((await why("pref:high", { query: "meetings" })).reasons).toEqual([
      { kind: "not-a-number", field: "importance" },
      { kind: "not-a-number", field: "timestamp" },
    ]);
  });

  test("filtered out, by which clause, and without them it is found", async () => {
    const asked = { query: "meetings", minImportance: 10, since: 1_800_000_000, category: "personal" };
    const answer = await why("pref:001", asked);
    expect(answer.reasons.slice(0, 3)).toEqual([
      { kind: "filtered-out", clause: "importance", value: 9, min: 10, max: null },
      { kind: "filtered-out", clause: "time", value: 1_717_935_000, min: 1_800_000_000, max: null },
      { kind: "filtered-out", clause: "category", value: "pref", min: null, max: null },
    ]);
    expect(answer).toMatchObject({
      needed: [
        { kind: "without-filter", clause: "importance" },
        { kind: "without-filter", clause: "time" },
        { kind: "without-filter", clause: "category" },
      ],
      neededSuffice: true,
      anyOf: [],
    });
  });

  test("beyond the distance, with the distance that would do", async () => {
    const answer = await why("personal:001", { query: "meetings", mode: "vector", maxDistance: 0.3 });
    const [reason] = answer.reasons;
    expect(reason).toMatchObject({ kind: "beyond-distance", distance: answer.distance, maxDistance: 0.3 });
    expect(answer.needed).toEqual([
      { kind: "max-distance", maxDistance: Math.ceil(answer.distance! * 1_000) / 1_000 },
    ]);
  });

  test("too far down: the true place, and each change that is offered finds it", async () => {
    const rows = await embedOne("meetings");
    for (let at = 0; at < 36; at += 1) {
      const near = Float32Array.from(rows, (part, place) => part + (place === at ? 0.02 : 0));
      await writeMemory(store, "alice", `near:${at}`, `meetings ${at}`, near);
    }
    const asked = { query: "meetings", k: 5 };
    const wanted = "allergic to shellfish and nuts";
    const answer = await why("personal:001", asked);
    const [reason] = answer.reasons;
    expect(answer.memory.content).toBe(wanted);
    if (reason?.kind !== "too-far-down") throw new Error("another reason");
    expect(reason.place).toBeGreaterThan(36);
    expect(kinds(answer)).toContain("no-word-in-common");
    const all = await search(store, { ...asked, k: 100 });
    expect(all.hits.findIndex(({ content }) => content === wanted) + 1).toBe(reason.place);
    const enough = answer.anyOf.find((change) => change.kind === "k");
    expect(enough).toEqual({ kind: "k", k: reason.place });
    const contents = async (k: number) =>
      (await search(store, { ...asked, k })).hits.map((hit) => hit.content);
    expect(await contents(reason.place!)).toContain(wanted);
    expect(await contents(reason.place! - 1)).not.toContain(wanted);
    const word = answer.anyOf.find((change) => change.kind === "word");
    if (word?.kind !== "word") throw new Error("no word is offered");
    const withWord = await search(store, { query: `meetings ${word.word}` });
    expect(withWord.hits.map(({ content }) => content)).toContain(wanted);
  });

  test("words: only stop-words, or none in common, and by meaning it is found", async () => {
    const stops = await why("pref:001", { query: "the was or", mode: "text" });
    expect(stops.reasons).toEqual([{ kind: "only-stop-words", dropped: ["the", "was", "or"] }]);
    const none = await why("pref:001", { query: "meeting times", mode: "text" });
    expect(none.reasons).toEqual([{ kind: "no-word-in-common", words: ["meeting", "times"] }]);
    expect(none.anyOf).toContainEqual({ kind: "mode", mode: "vector" });
  });

  test("no vector, one of another model, one of an older text", async () => {
    await write("pref:bare", "zebra crossings");
    await run(store, ["HDEL", "user:alice:pref:bare", "embedding"]);
    const bare = await why("pref:bare", { query: "striped animals", mode: "vector" });
    expect(kinds(bare)).toEqual(["no-vector"]);

    const embedder = { model: "another-model", dimensions: 512 };
    const content = "knows the tides of the Wadden Sea";
    const far = Float32Array.from(await embedOne("meetings"), (part) => -part);
    const args = vectorArgs({ content, vector: far, embedder });
    await run(store, ["HSET", "user:alice:pref:alien", "user_id", "alice", "content", content, ...args]);
    await run(store, ["HSET", "user:alice:pref:alien", "content", "was changed by hand"]);
    const alien = await why("pref:alien", { query: "meetings", mode: "vector" });
    expect(alien.reasons.slice(0, 3)).toEqual([
      { kind: "too-far-down", place: 7, k: 5, looked: 1_000 },
      { kind: "other-model", model: "another-model", wanted: "universal-sentence-encoder-lite" },
      { kind: "stale-vector" },
    ]);
    expect(alien.anyOf).toContainEqual({ kind: "k", k: 7 });
  });

  test("another person's is never looked for under somebody's id", async () => {
    await writeMemory(store, "Alice", "pref:1", "meetings", await embedOne("meetings"));
    const answer = await why("pref:1", { query: "meetings", userId: Buffer.from("alice") }, "Alice");
    expect(answer.reasons).toEqual([{ kind: "found", place: 1 }]);
  });
});

test("an index of another dimension: meaning was not asked", async () => {
  await redis.flush();
  await writeAlice(store);
  await createIndex(store);
  const answer = await why("pref:001", { query: "meetings" });
  expect(answer.reasons).toEqual([
    { kind: "no-word-in-common", words: ["meetings"] },
    { kind: "meaning-not-asked", because: "dimension-mismatch" },
  ]);
  const word = answer.anyOf.find((change) => change.kind === "word");
  expect(word).toEqual({ kind: "word", word: "appointments" });
});

test("an index that looks elsewhere, and one with a condition of its own", async () => {
  await redis.flush();
  await writeAlice(store);
  const words = tutorialCommandsNamed("FT.CREATE")[0]!.map(String);
  const filtered = [...words];
  filtered[1] = "idx:filtered";
  filtered.splice(filtered.indexOf("SCHEMA"), 0, "FILTER", "@importance > 9");
  await run(store, filtered);
  const elsewhere = [...words];
  elsewhere[1] = "idx:elsewhere";
  elsewhere[elsewhere.indexOf("user:")] = "user:bob";
  await run(store, elsewhere);
  await indexed(store, "idx:filtered");
  await indexed(store, "idx:elsewhere");
  const [asked, vector] = ["", "1 1 1 1 1 1 1 1"];
  expect((await why("pref:001", { query: asked, vector, index: "idx:filtered" })).reasons).toEqual([
    { kind: "index-filter", filter: "@importance > 9" },
  ]);
  expect(kinds(await why("pref:001", { query: asked, vector, index: "idx:elsewhere" }))).toEqual([
    "not-covered",
  ]);
});

test("an index that is still being built has not reached it yet", async () => {
  await redis.flush();
  await writeAlice(store);
  await createIndex(store);
  const asked = question({ vector: "1 1 1 1 1 1 1 1" });
  const memory = { userId: asked.userId!, category: Buffer.from("pref"), number: Buffer.from("001") };
  const prepared = await prepareSearch(store, store, null, asked);
  const { index } = prepared.choice;
  if (!index) throw new Error("no index is chosen");
  const facts = await readFacts(store, memory, index);
  expect(leftOutBecause(facts, memory, prepared)).toEqual([]);
  // How long a server takes to build is its own affair: this is what it says meanwhile.
  const building = { ...prepared, choice: { index: { ...index, percentIndexed: 0.4 }, reason: null } };
  expect(leftOutBecause({ ...facts, held: false }, memory, building)).toEqual([
    { kind: "building", percentIndexed: 0.4 },
  ]);
  expect(leftOutBecause({ ...facts, held: false }, memory, prepared)).toEqual([{ kind: "not-indexed" }]);
});

test("without an index the same question is answered by comparing one by one", async () => {
  await redis.flush();
  await writeAlice(store, true);
  const answer = await why("pref:001", { query: "meetings", minImportance: 10 });
  expect(answer).toMatchObject({ basis: "exact-scan", index: null, neededSuffice: true });
  expect(kinds(answer)[0]).toBe("filtered-out");
});
