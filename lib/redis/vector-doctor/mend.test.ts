/** What happens to memories while the doctor is at work on them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { startRedisServer, testRedis } from "../../testing/redis";
import { cancelJob, pauseJob, resumeJob, startJob } from "../jobs/run-job";
import { jobContext, until } from "../jobs/test-kit";
import { contentDigest } from "../memory-vectors";
import { bindModel } from "../query-engine/index-models";
import { toArray } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { checkJob } from "./check";
import { findFault } from "./classify";
import { FAULTS, totalOf } from "./faults";
import { heal } from "./heal";
import { readDoctor, readVectorFields } from "./operations";
import { GENTLE } from "./pace";
import { memoriesAmong, readMemories } from "./read-batch";
import { dryRunJob, repairJob, startRepair } from "./repair";
import { doctorTarget } from "./target";
import { createIndex, MODEL, plant, write } from "./test-kit";

const INDEX = "idx:preferences";
const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(() => redis.flush());

const KEY = Buffer.from("user:alice:pref:001");
const vector = Float32Array.from({ length: 8 }, (_, at) => Math.sin(at + 1) / 3);
const bigEndian = toFloat32LE(vector).swap32();

async function sick(at = store) {
  const target = await doctorTarget(at, store, INDEX);
  const memories = await readMemories(at, memoriesAmong([KEY], target), target.field);
  return { target, found: memories.map((memory) => ({ memory, finding: findFault(memory, target)! })) };
}

describe("between the look and the writing", () => {
  beforeEach(async () => {
    await createIndex(store, { dimensions: 8 });
    await store.command("HSET", KEY, "user_id", "alice", "content", "likes tea", "embedding", bigEndian);
  });

  test("nothing: it is mended", async () => {
    const { target, found } = await sick();
    expect(await heal(store, target, found, GENTLE)).toEqual([
      { fault: "byte-order", cure: "swap", outcome: "mended" },
    ]);
    expect(await store.command("HGET", KEY, "embedding")).toEqual(toFloat32LE(vector));
  });

  test.each([
    ["its text", ["HSET", KEY, "content", "likes coffee"]],
    ["its vector", ["HSET", KEY, "embedding", toFloat32LE(vector)]],
    ["its vector was taken away", ["HDEL", KEY, "embedding"]],
  ] as const)("changed %s: it is left alone and counted", async (_, change) => {
    const { target, found } = await sick();
    await store.command(...(change as Command));
    const before = await store.command("HGETALL", KEY);
    expect((await heal(store, target, found, GENTLE))[0]?.outcome).toBe("changed");
    expect(await store.command("HGETALL", KEY)).toEqual(before);
  });

  test("another field: it is mended, and the other change stays", async () => {
    const { target, found } = await sick();
    await store.command("HSET", KEY, "importance", 9);
    expect((await heal(store, target, found, GENTLE))[0]?.outcome).toBe("mended");
    expect(String(await store.command("HGET", KEY, "importance"))).toBe("9");
  });

  test("erased, or another type: nothing is written", async () => {
    const { target, found } = await sick();
    await store.command("UNLINK", KEY);
    expect((await heal(store, target, found, GENTLE))[0]?.outcome).toBe("gone");
    expect(await store.command("EXISTS", KEY)).toBe(0);
    await store.command("SET", KEY, "x");
    expect((await heal(store, target, found, GENTLE))[0]?.outcome).toBe("gone");
  });
});

test("a value too long to be fetched is told apart by its length, and mended", async () => {
  await createIndex(store);
  await store.command("HSET", KEY, "content", "likes tea", "embedding", Buffer.alloc(1_100_000, 7));
  const { target, found } = await sick();
  expect(found[0]?.finding).toMatchObject({ fault: "wrong-length", cure: "embed" });
  expect((await heal(store, target, found, GENTLE))[0]?.outcome).toBe("mended");
  const [model, digest] = toArray(
    await store.command("HMGET", KEY, "embedding_model", "embedding_digest"),
  ).map(String);
  expect([model, digest]).toEqual([MODEL, contentDigest("likes tea")]);
});

test("looking deeper finds vectors of another text that nothing is noted of", async () => {
  await createIndex(store);
  const target = await doctorTarget(store, store, INDEX);
  const [tea, rain] = await target.embedder!.embed(["likes tea", "rain is forecast for Sunday"]);
  await write(store, [
    ["HSET", KEY, "content", "likes tea", "embedding", toFloat32LE(tea!)],
    ["HSET", "user:alice:pref:002", "content", "likes tea", "embedding", toFloat32LE(rain!)],
  ]);
  const look = async (deep: boolean) => {
    const job = await startJob(jobContext(store), checkJob, { scope: INDEX, input: { index: INDEX, deep } });
    return (await job.finished).state?.faults.stale.embed;
  };
  expect(await look(false)).toBe(0);
  expect(await look(true)).toBe(1);
  const input = { index: INDEX, faults: ["stale" as const], deep: true, pace: "gentle" as const };
  await (await startJob(jobContext(store), dryRunJob, { scope: INDEX, input })).finished;
  await (await startRepair(jobContext(store), input)).finished;
  expect(await look(true)).toBe(0);
});

test("a dry run says how many texts would get a vector that does not tell them apart", async () => {
  await createIndex(store);
  const texts = ["我喜欢日本茶", "Я пью чай", "likes tea"];
  await write(
    store,
    texts.map((content, at) => ["HSET", `user:alice:pref:00${at}`, "content", content]),
  );
  const input = { index: INDEX, faults: ["missing" as const], deep: false, pace: "gentle" as const };
  const { finished } = await startJob(jobContext(store), dryRunJob, { scope: INDEX, input });
  expect((await finished).state).toMatchObject({ untold: 2 });
});

test("a model that is guessed makes no vector another model's; one that was said does", async () => {
  await createIndex(store);
  await write(store, [
    [
      "HSET",
      KEY,
      "content",
      "x",
      "embedding",
      toFloat32LE(new Float32Array(512).fill(0.1)),
      "embedding_model",
      "other",
    ],
  ]);
  expect((await sick()).found[0]?.finding).toBeNull();
  await bindModel(store, INDEX, MODEL);
  expect((await sick()).found[0]?.finding).toMatchObject({ fault: "other-model", cure: "embed" });
});

test("indexes that it cannot look at are refused by their reason", async () => {
  const create = (name: string, words: string) =>
    store.command(...(["FT.CREATE", name, "ON", ...words.split(" ")] as [string, ...string[]]));
  const vectorOf = (type: string) => `SCHEMA v VECTOR FLAT 6 TYPE ${type} DIM 2 DISTANCE_METRIC L2`;
  await create("idx:doubles", `HASH PREFIX 1 user: ${vectorOf("FLOAT64")}`);
  await create("idx:words", "HASH PREFIX 1 user: SCHEMA t TEXT");
  await create("idx:else", `HASH PREFIX 1 other: ${vectorOf("FLOAT32")}`);
  for (const name of ["idx:doubles", "idx:words", "idx:else"]) {
    await expect(doctorTarget(store, store, name)).rejects.toMatchObject({ code: "conflict" });
  }
  await expect(doctorTarget(store, store, "idx:none")).rejects.toMatchObject({ code: "no_index" });
});

test("without the Query Engine there is an answer that says so", async () => {
  const plain = await startRedisServer({ queryEngine: false });
  const theirs = new Store(plain.url);
  try {
    expect(await readDoctor(theirs, store, { index: INDEX })).toMatchObject({
      target: null,
      unfit: { message: expect.stringContaining("no Query Engine") },
    });
    expect(await readVectorFields(theirs, store)).toEqual({ engine: false, fields: [], cleanUp: null });
  } finally {
    theirs.close();
    await plain.remove();
  }
});

describe("left and gone on with", () => {
  const COUNT = 1_500;
  const faulty = plant(COUNT, { seed: 4, share: 0.5, dimensions: 8 }).filter(
    ({ fault }) => fault === null || ["byte-order", "text", "float64"].includes(fault),
  );
  const sickOnes = faulty.filter(({ fault }) => fault !== null).length;
  const input = { index: INDEX, faults: [...FAULTS], deep: false, pace: "gentle" as const };
  const options = { scope: INDEX, input };
  const fill = async (at: Store) => {
    await createIndex(at, { dimensions: 8 });
    await write(
      at,
      faulty.map(({ command }) => command),
    );
  };
  const look = async (at: Store, keeper: Store) =>
    (await (await startJob(jobContext(at, { console: keeper }), checkJob, options)).finished).state!;
  const sum = (faults: Awaited<ReturnType<typeof look>>["faults"]) =>
    FAULTS.reduce((all, fault) => all + totalOf(faults[fault]), 0);

  test("paused, it writes nothing; gone on with, it ends with the counts of one that was not", async () => {
    await fill(store);
    await (await startJob(jobContext(store), dryRunJob, options)).finished;
    const { finished } = await startRepair(jobContext(store), input);
    await pauseJob(jobContext(store), INDEX, repairJob.kind);
    const paused = await finished;
    expect(paused.status).toBe("paused");
    expect(paused.state!.done).toBeLessThan(faulty.length);
    const end = await (await resumeJob(jobContext(store), repairJob, { scope: INDEX })).finished;
    expect(end).toMatchObject({ status: "done", state: { memories: faulty.length } });
    expect(sum(end.state!.faults)).toBe(sickOnes);
    expect(sum((await look(store, store)).faults)).toBe(0);
  }, 60_000);

  test("cancelled, what was done stays done", async () => {
    await fill(store);
    await (await startJob(jobContext(store), dryRunJob, options)).finished;
    const { finished } = await startRepair(jobContext(store), input);
    await cancelJob(jobContext(store), INDEX, repairJob.kind);
    const end = await finished;
    expect(end.status).toBe("cancelled");
    expect(sum((await look(store, store)).faults)).toBe(sickOnes - sum(end.state!.faults));
  }, 60_000);

  test("after a crash of Redis in the middle, it begins its walk anew and mends what is left", async () => {
    const server = await startRedisServer({ appendOnly: true });
    const theirs = new Store(server.url);
    try {
      const context = jobContext(theirs, { console: store });
      await fill(theirs);
      await (await startJob(context, dryRunJob, options)).finished;
      const { finished } = await startRepair(context, input);
      const written = async () =>
        /cmdstat_eval:calls=\d{2,}/.test(String(await theirs.command("INFO", "commandstats")));
      await until(written);
      await server.kill();
      const failed = await finished;
      expect(failed.status).toBe("failed");
      await server.start();
      await until(() =>
        theirs.command("PING").then(
          () => true,
          () => false,
        ),
      );
      const end = await (await resumeJob(context, repairJob, { scope: INDEX })).finished;
      expect(end).toMatchObject({ status: "done", state: { memories: faulty.length } });
      expect(sum((await look(theirs, store)).faults)).toBe(0);
    } finally {
      theirs.close();
      await server.remove();
    }
  }, 60_000);
});
