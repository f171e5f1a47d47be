/** An index by name, and the model that its vectors come from. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { embedder } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { bindModel } from "../query-engine/index-models";
import { Store } from "../store/store";
import { searchMemories } from "./operations";
import type { SearchQuestion } from "./question";
import { readSetup } from "./setup";
import { createIndex, question, run, writeAlice } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  await writeAlice(store, true);
  await createIndex(store, { dimensions: 512 });
  await createIndex(store, { name: "idx:small" });
});

const ask = (changes: Partial<SearchQuestion>) => searchMemories(store, store, null, question(changes));

test("the one in use, or another one by name, whose own vectors are pasted", async () => {
  expect(await ask({ query: "meetings" })).toMatchObject({
    index: { name: "idx:preferences", dimensions: 512 },
    ran: { vector: true, text: true },
  });
  await writeAlice(store);
  const small = await ask({ vector: "1 2 3 4 5 6 7 8", index: "idx:small" });
  expect(small).toMatchObject({ index: { name: "idx:small", dimensions: 8 }, vectorSource: "pasted" });
  expect(small.hits).toHaveLength(5);
  expect(await ask({ query: "meetings", index: "idx:small" })).toMatchObject({
    ran: { vector: false, text: true },
    notices: [{ kind: "dimension-mismatch", embedderDimensions: 512, indexDimensions: 8 }],
  });
});

test("a name that is no index over people's memories", async () => {
  await run(store, [
    "FT.CREATE",
    "idx:elsewhere",
    "ON",
    "HASH",
    "PREFIX",
    1,
    "product:",
    "SCHEMA",
    "content",
    "TEXT",
  ]);
  for (const index of ["idx:none", "idx:elsewhere", "x y", "*"]) {
    await expect(ask({ query: "meetings", index })).rejects.toMatchObject({ code: "no_index" });
  }
});

test("an index that belongs to a model which is not configured", async () => {
  await bindModel(store, "idx:preferences", "text-embedding-of-yesterday");
  const result = await ask({ query: "nuts" });
  expect(result).toMatchObject({
    model: "text-embedding-of-yesterday",
    ran: { vector: false, text: true },
    notices: [{ kind: "model-not-configured", model: "text-embedding-of-yesterday" }],
  });
  expect(result.hits[0]?.content).toContain("nuts");
});

test("what a search can be sent to is known before anybody searches", async () => {
  const setup = await readSetup(store, store, embedder(), null);
  expect(setup).toMatchObject({
    engine: true,
    index: { name: "idx:preferences", embeds: true, model: embedder().model },
    vectorSets: true,
  });
  expect(setup.indexes.map(({ name, dimensions, embeds }) => [name, dimensions, embeds])).toEqual([
    ["idx:preferences", 512, true],
    ["idx:small", 8, false],
  ]);
});

test("the other order of bytes: hex and escapes are turned around, numbers are not", async () => {
  await writeAlice(store);
  const numbers = "1 2 3 4 5 6 7 8";
  const bytes = Buffer.alloc(32);
  for (let at = 0; at < 8; at += 1) bytes.writeFloatBE(at + 1, at * 4);
  const hex = bytes.toString("hex");
  const escapes = `"${hex.replace(/../g, "\\x$&")}"`;
  const asked = { index: "idx:small", mode: "vector" as const };
  const right = await ask({ ...asked, vector: numbers });
  expect(await ask({ ...asked, vector: numbers, byteOrder: "big" })).toMatchObject({ notices: [] });
  for (const vector of [hex, `0x${hex}`, escapes, hex.toUpperCase()]) {
    const turned = await ask({ ...asked, vector, byteOrder: "big" });
    expect(turned.notices).toEqual([{ kind: "pasted-swapped" }]);
    expect(turned.hits.map(({ distance }) => distance)).toEqual(right.hits.map(({ distance }) => distance));
    expect((await ask({ ...asked, vector })).notices).toEqual([{ kind: "pasted-big-endian" }]);
  }
});
