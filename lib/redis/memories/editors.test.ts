import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { companionsOf, contentDigest, vectorArgs } from "../memory-vectors";
import { toArray, toBuffers } from "../store/reply";
import { Store } from "../store/store";
import { countingEmbedder, oneMemory } from "./test-kit";
import { editMemory } from "./update-memory";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const { one, key, read, write, whole } = oneMemory(() => store);

describe("vectors of other models", () => {
  const other = { ...countingEmbedder(4), model: "other-4" };
  const names = Object.values(companionsOf("embedding_next"));
  beforeEach(async () => {
    await write();
    const vector = new Float32Array(4).fill(1);
    const args = vectorArgs({ content: "fact", vector, embedder: other, field: "embedding_next" });
    await store.command("HSET", key, ...args, "car_model", "T", "car", "Ford");
  });
  const edit = async (
    policy: "embed" | "drop",
    of: (model: string) => typeof other | null,
    content = "new text",
  ) =>
    editMemory(
      store,
      store,
      countingEmbedder(8),
      { ...one, version: (await read()).version!, content, embeddingPolicy: policy, embedAgain: false },
      of,
    );

  test("are made anew with the text, in the same write", async () => {
    const { result } = await edit("embed", (model) => (model === "other-4" ? other : null));
    expect(result.otherVectors).toEqual({ remade: 1, taken: 0 });
    const [digest] = toBuffers(await store.command("HMGET", key, companionsOf("embedding_next").digest));
    expect(String(digest)).toBe(contentDigest("new text"));
    expect(await store.command("HSTRLEN", key, "embedding_next")).toBe(16);
  });

  test.each(["embed", "drop"] as const)("go when nobody here can make them (%s)", async (policy) => {
    const { result } = await edit(policy, () => null);
    expect(result.otherVectors).toEqual({ remade: 0, taken: 1 });
    expect(toArray(await store.command("HMGET", key, "embedding_next", ...names))).toEqual(
      Array(4).fill(null),
    );
    // What only looks like a companion is no vector.
    expect(toBuffers(await store.command("HMGET", key, "car", "car_model")).map(String)).toEqual([
      "Ford",
      "T",
    ]);
  });

  test("a model that fails loses nothing: nothing is written", async () => {
    const before = await whole();
    const failing = { ...other, embed: () => Promise.reject(new Error("429")) };
    await expect(edit("embed", () => failing as typeof other)).rejects.toThrow("429");
    expect(await whole()).toEqual(before);
  });
});

describe("editors at the same time", () => {
  it("never overwrite each other silently: what was accepted is a chain, each on what the one before left", async () => {
    const change = fc.record({
      editor: fc.integer({ min: 0, max: 3 }),
      content: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined }),
      importance: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      reads: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (rounds) => {
          await redis.flush();
          await write({ content: "a", importance: 1 });
          const first = (await read()).version!;
          const seen = [first, first, first, first];
          const accepted: { base: string; after: string }[] = [];
          for (const round of rounds) {
            for (const { editor, reads } of round) if (reads) seen[editor] = (await read()).version!;
            // All of a round at once, each on what its editor read, however long ago.
            const outcomes = await Promise.allSettled(
              round.map(async ({ editor, content, importance }) => {
                const base = seen[editor]!;
                const edit = { ...one, version: base, content, importance };
                const policy = { embeddingPolicy: "embed" as const, embedAgain: false };
                const { written } = await editMemory(store, store, countingEmbedder(8), {
                  ...edit,
                  ...policy,
                });
                return written && { base, after: written.version };
              }),
            );
            for (const outcome of outcomes) {
              if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
              else if (outcome.value) accepted.push(outcome.value);
            }
          }
          // Versions are digests, so an edit back to an old text has the old version again: the steps must form one walk
          // from the first version to the last, over each exactly once.
          const out = new Map<string, number>();
          for (const { base, after } of accepted) {
            out.set(base, (out.get(base) ?? 0) + 1);
            out.set(after, (out.get(after) ?? 0) - 1);
          }
          const last = (await read()).version!;
          const odd = [...out].filter(([, balance]) => balance !== 0).sort((a, b) => b[1] - a[1]);
          expect(odd).toEqual(
            first === last
              ? []
              : [
                  [first, 1],
                  [last, -1],
                ],
          );
          const detail = await read();
          expect(
            String((await store.command("HGET", key, "embedding_digest")) ?? contentDigest(detail.content)),
          ).toBe(contentDigest(detail.content));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
