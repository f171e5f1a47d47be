/** A second model beside the first: its vectors in another field, and the old ones as they were. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TestEndpoint } from "../../embeddings/test-kit";
import { fromFloat32LE, toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { startJob } from "../jobs/run-job";
import { jobContext } from "../jobs/test-kit";
import { companionsOf, contentDigest, vectorFieldNames } from "../memory-vectors";
import { bindModel } from "../query-engine/index-models";
import { toArray, toBuffers, toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { checkJob } from "./check";
import { startCleanUp } from "./clean-up";
import { planFill } from "./fill-plan";
import { readDoctor, readVectorFields } from "./operations";
import { startFill } from "./repair";
import { curableOf, faultyOf } from "./states";
import { createIndex, plant, write } from "./test-kit";

const redis = testRedis();
const endpoint = new TestEndpoint();
let store: Store;
const FIELD = "embedding_next";
const INDEX = "idx:second";
const COUNT = 120;
/** While texts are embedded; set by a test. */
let meanwhile: (() => Promise<unknown>) | null = null;

/** Eight numbers that tell one text from another. */
const vectorOf = (text: string) =>
  Array.from({ length: 8 }, (_, at) =>
    Math.sin(at + 1 + Number.parseInt(contentDigest(text).slice(0, 6), 16)),
  );

beforeAll(async () => {
  await endpoint.open();
  Object.assign(process.env, {
    EMBEDDINGS_NEXT_PROVIDER: "openai",
    EMBEDDINGS_NEXT_URL: endpoint.url("/v1"),
    EMBEDDINGS_NEXT_MODEL: "second-model",
    EMBEDDINGS_NEXT_DIMENSIONS: "8",
    EMBEDDINGS_NEXT_FIELD: FIELD,
  });
  store = new Store(redis.url());
});
afterAll(() => {
  store.close();
  endpoint.close();
});
beforeEach(async () => {
  await redis.flush();
  meanwhile = null;
  endpoint.handler = async (_, response, body) => {
    await meanwhile?.();
    const data = body.input.map((text, index) => ({ index, embedding: vectorOf(text) }));
    response.end(JSON.stringify({ data }));
  };
  await createIndex(store, { dimensions: 512 });
  await write(
    store,
    plant(COUNT, { seed: 9, share: 0 }).map(({ command }) => command),
  );
  await createIndex(store, { name: INDEX, dimensions: 8, field: FIELD });
  await bindModel(store, INDEX, "second-model");
});

const fill = async () => (await startFill(jobContext(store), { index: INDEX, pace: "brisk" })).finished;
const found = async (index: string, vector: Buffer) => {
  const query = `*=>[KNN 3 @${index === INDEX ? FIELD : "embedding"} $v AS d]`;
  const params = ["PARAMS", 2, "v", vector, "SORTBY", "d", "NOCONTENT", "DIALECT", 2] as const;
  return toArray(await store.command("FT.SEARCH", index, query, ...params));
};
const keyOf = (at: number) => plant(COUNT, { seed: 9, share: 0 })[at]!.key;

test("planned on a sample, filled until nothing is left, found by the new index, the old one untouched", async () => {
  const plan = await planFill(store, { index: "idx:preferences", model: "second-model" });
  expect(plan).toMatchObject({ memories: COUNT, isExact: true, sample: { memories: COUNT, texts: 64 } });
  expect(plan.tokens).toBe(Math.ceil(plan.characters / 4));
  const old = await store.command("HMGET", keyOf(7), "content", ...vectorFieldNames());
  const end = await fill();
  expect(end).toMatchObject({ status: "done", state: { pass: 2, changed: 0, gone: 0 } });
  expect(curableOf(end.state!)).toBe(COUNT);
  expect(await store.command("HMGET", keyOf(7), "content", ...vectorFieldNames())).toEqual(old);
  const { model, dimensions, digest } = companionsOf(FIELD);
  const [content, vector, ...beside] = toBuffers(
    await store.command("HMGET", keyOf(7), "content", FIELD, model, dimensions, digest),
  );
  expect(beside.map(String)).toEqual(["second-model", "8", contentDigest(content!)]);
  expect([...fromFloat32LE(vector!)]).toEqual([...Float32Array.from(vectorOf(content!.toString()))]);
  expect(toBuffers((await found(INDEX, vector!)).slice(1))[0]).toEqual(keyOf(7));
  // Rolling back is asking the old index again: it is whole.
  const before = (old as Buffer[])[1]!;
  expect(toBuffers((await found("idx:preferences", before)).slice(1))[0]).toEqual(keyOf(7));
});

test("what is written and changed while it runs is embedded too", async () => {
  const added = Buffer.from("user:late:pref:001");
  let once = true;
  meanwhile = async () => {
    if (!once) return;
    once = false;
    await write(store, [
      ["HSET", added, "user_id", "late", "content", "came while it ran"],
      ["HSET", keyOf(3), "content", "says something else now"],
    ]);
  };
  const end = await fill();
  expect(end.status).toBe("done");
  for (const key of [added, keyOf(3)]) {
    const [content, digest] = toBuffers(
      await store.command("HMGET", key, "content", companionsOf(FIELD).digest),
    );
    expect(String(digest)).toBe(contentDigest(content!));
  }
  const look = await startJob(jobContext(store), checkJob, {
    scope: INDEX,
    input: { index: INDEX, deep: false },
  });
  expect(faultyOf((await look.finished).state!)).toBe(0);
});

test("a model that fails stops it with the reason; begun again, nothing is embedded twice", async () => {
  let calls = 0;
  const answer = endpoint.handler;
  endpoint.handler = (request, response, body) => {
    calls += 1;
    if (calls !== 3) return answer(request, response, body);
    response.writeHead(401);
    response.end("{}");
  };
  const failed = await fill();
  expect(failed).toMatchObject({ status: "failed", code: "embedding_failed" });
  endpoint.handler = answer;
  endpoint.forget();
  expect((await fill()).status).toBe("done");
  const embedded = endpoint.seen.flatMap(({ body }) => body.input);
  expect(embedded.length).toBeLessThan(COUNT);
  expect(new Set(embedded).size).toBe(embedded.length);
});

test("fields that no index reads are taken away, and nothing else; a memory is never left without fields", async () => {
  await fill();
  const bare = Buffer.from("user:bare:pref:001");
  await store.command("HSET", bare, "embedding", toFloat32LE(new Float32Array(512).fill(0.5)));
  const start = (confirm = "embedding") => startCleanUp(jobContext(store), { field: "embedding", confirm });
  await expect(start("embeding")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(start()).rejects.toMatchObject({ code: "conflict" });
  await store.command("FT.DROPINDEX", "idx:preferences");
  expect((await readVectorFields(store, store)).fields).toEqual(
    expect.arrayContaining([
      { field: "embedding", indexes: [] },
      { field: FIELD, indexes: [INDEX] },
    ]),
  );
  const own = vectorFieldNames();
  const before = await hashOf(keyOf(5));
  const end = await (await start()).finished;
  expect(end).toMatchObject({ status: "done", state: { cleaned: COUNT, memories: COUNT + 1 } });
  expect(await hashOf(keyOf(5))).toEqual(before.filter(([name]) => !own.includes(name!)));
  expect(toInt(await store.command("EXISTS", bare))).toBe(1);
  // The other way round: with no index left, these may be the only vectors.
  await store.command("FT.DROPINDEX", INDEX);
  const last = startCleanUp(jobContext(store), { field: FIELD, confirm: FIELD });
  await expect(last).rejects.toMatchObject({ code: "conflict" });
});

test("a field that another index reads as something else is not written into", async () => {
  await createIndex(store, { name: "idx:same-field", dimensions: 8, field: "embedding" });
  await bindModel(store, "idx:same-field", "second-model");
  await expect(
    startFill(jobContext(store), { index: "idx:same-field", pace: "brisk" }),
  ).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("idx:preferences reads vectors of another length"),
  });
  await createIndex(store, { name: "idx:others", dimensions: 8, field: FIELD });
  await bindModel(store, "idx:others", "some-other-model");
  await expect(fill()).rejects.toMatchObject({ code: "conflict" });
  await bindModel(store, "idx:others", "second-model");
  expect((await fill()).status).toBe("done");
});

test("the page's reading says what it looks at and where each piece of work is", async () => {
  await fill();
  expect(await readDoctor(store, store, { index: INDEX })).toMatchObject({
    target: { field: FIELD, dimensions: 8, model: "second-model", by: "bound", canEmbed: true },
    unfit: null,
    check: null,
    fill: { status: "done", startedBy: "dora" },
    examples: [],
  });
  expect(await readDoctor(store, store, { index: "idx:gone" })).toMatchObject({
    target: null,
    unfit: { message: "There is no index idx:gone." },
  });
});

async function hashOf(key: Buffer): Promise<string[][]> {
  const flat = toBuffers(await store.command(...(["HGETALL", key] as Command)));
  const pairs = Array.from({ length: flat.length / 2 }, (_, at) => [
    flat[at * 2]!.toString(),
    flat[at * 2 + 1]!.toString("hex"),
  ]);
  return pairs.sort();
}
