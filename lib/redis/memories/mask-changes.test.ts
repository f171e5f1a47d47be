import { afterAll, beforeEach, expect, test } from "vitest";
import { createMasker, MASK } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { previewBulk } from "./bulk-preview";
import { findDuplicates } from "./duplicates";
import { appendHistory } from "./history";
import type { MemoryHistory } from "./history-schema";
import { maskMoved } from "./mask";
import { maskBulkPreview, maskDuplicates, maskHistory } from "./mask-changes";
import { readMemoryHistory } from "./read-history";
import { NOW_S, VECTOR_8 } from "./test-kit";

const redis = testRedis();
let store: Store;
const input = { ref: CANARY_REF };
const bytes = (text: string) => Buffer.from(text);
const name = { category: bytes(CANARY.category), number: bytes(CANARY.field) };
const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  for (const number of [CANARY.field, "7654321"]) {
    const key = memoryKey(CANARY_ID, name.category, bytes(number));
    const fields = { user_id: CANARY_ID, content: CANARY.memory, importance: CANARY.value, timestamp: NOW_S };
    await store.command("HSET", key, ...Object.entries(fields).flat(), "embedding", VECTOR_8);
  }
  forgetPerson(store, CANARY_ID);
});
afterAll(() => store.close());

test("a history says who did what and when, and nothing of what was written", async () => {
  await appendHistory(store, CANARY_ID, { id: "dora", name: "Dora" }, "edit", [
    {
      memory: name,
      changes: [
        { what: "content", before: CANARY.memory, after: `${CANARY.memory}!` },
        { what: "importance", before: CANARY.value, after: "7" },
        { what: "user_id", before: null, after: CANARY.id },
        { what: "timestamp", before: CANARY.value, after: "7654321" },
        { what: "category", before: `${CANARY.category} 7654321`, after: "pref 001" },
        { what: "life", before: null, after: "1800000000000" },
        { what: "embedding", before: null, after: CANARY.value },
      ],
    },
  ]);
  const history = await readMemoryHistory(store, store, { userId: CANARY_ID, memory: name });
  expect(leaks(history)).toEqual(expect.arrayContaining(["quinoazole", "dotterel", "finch", "kestrel"]));
  const masked = maskHistory(history, hidesAll, input);
  expect(leaks(masked)).toEqual([]);
  expect(masked).toMatchObject({ masked: true, entries: [{ by: "Dora", deed: "edit" }] });
  const after = Object.fromEntries(masked.entries[0]!.changes.map(({ what, after }) => [what, after]));
  expect(after).toMatchObject({
    importance: "7",
    category: "pref 001",
    life: "1800000000000",
    embedding: MASK,
  });
  expect(maskHistory(history, revealed, input)).toEqual(history);
  const grown = { ...history, added: CANARY.memory } as MemoryHistory;
  expect(leaks(maskHistory(grown, hidesAll, input))).toEqual([]);
});

test("of duplicates stay their number and how near they are", async () => {
  const found = await findDuplicates(store, store, { userId: CANARY_ID, threshold: 0.95 });
  expect(leaks(found)).toEqual(expect.arrayContaining(["quinoazole"]));
  const masked = maskDuplicates(found, hidesAll, input);
  expect(leaks(masked)).toEqual([]);
  expect(masked).toMatchObject({ groupCount: 1, surplus: 1, masked: true, groups: [{ count: 2 }] });
  expect(masked.groups[0]?.memories.map(({ version }) => version)).toEqual([null, null]);
  expect(JSON.stringify(masked)).not.toContain(found.groups[0]!.memories[0]!.version);
});

test("of a change of many stay the counts, and what was moved says its place without the id", async () => {
  const preview = await previewBulk(store, store, {
    userId: CANARY_ID,
    scope: { filter: {} },
    change: { what: "delete" },
  });
  expect(leaks(preview)).toEqual(expect.arrayContaining(["quinoazole"]));
  const masked = maskBulkPreview(preview, hidesAll, input);
  expect(leaks(masked)).toEqual([]);
  expect(masked).toMatchObject({ count: 2, changes: 2, masked: true });
  const moved = { ref: "r", category: CANARY.category, number: "004" };
  expect(leaks(maskMoved(moved, hidesAll, input))).toEqual([]);
});
