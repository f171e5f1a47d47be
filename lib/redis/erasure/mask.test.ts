import { afterAll, beforeAll, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { personCommands } from "../../testing/people";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Store } from "../store/store";
import { maskPreview } from "./mask";
import { previewErasure } from "./preview";
import type { ErasurePreview } from "./schema";

const redis = testRedis();
let store: Store;
let preview: ErasurePreview;
const input = { ref: CANARY_REF };
const bytes = (text: string) => Buffer.from(text);

beforeAll(async () => {
  store = new Store(redis.url());
  const twin = bytes(`${CANARY.id}:wrenna`);
  await store.pipeline([
    ...personCommands(CANARY_ID),
    ...personCommands(twin),
    ["RPUSH", sessionKey(CANARY_ID, bytes(CANARY.session)), CANARY.message],
    ["HSET", memoryKey(CANARY_ID, bytes(CANARY.category), bytes("7654321")), "content", CANARY.memory],
    // In doubt: another owner, another type, outside of the grammar.
    ["HSET", memoryKey(CANARY_ID, bytes("pref"), bytes("099")), "user_id", "dotterel"],
    ["SET", `${rateLimitKey(CANARY_ID)}:${CANARY.category}`, CANARY.value],
    ["SET", memoryKey(CANARY_ID, bytes("pref"), bytes("098")), CANARY.value],
    ["SET", `user:${CANARY.id}:wagtail`, CANARY.value],
  ]);
  preview = await previewErasure(store, store, { userId: CANARY_ID });
});
afterAll(() => store.close());

test("the canary is seen without a mask", () => {
  expect(leaks(preview)).toEqual(
    expect.arrayContaining(["kestrel", "wrenna", "dotterel", "wagtail", "finch"]),
  );
});

test("a masked screen says how much would go, and not whose", () => {
  const after = maskPreview(preview, hidesAll, input);
  expect(leaks(after)).toEqual([]);
  expect(after.user).toMatch(/^person-/);
  expect(after.masked).toBe(true);
  expect(after.holdings.map(({ class: name, keys }) => [name, keys])).toEqual(
    preview.holdings.map(({ class: name, keys }) => [name, keys]),
  );
  expect(after.disputed.items.map(({ keyRef, reason, type }) => [keyRef, reason, type])).toEqual(
    preview.disputed.items.map(({ keyRef, reason, type }) => [keyRef, reason, type]),
  );
  expect(after.disputed.items.flatMap(({ otherUser }) => otherUser ?? [])).toEqual([
    expect.stringMatching(/^person-/),
  ]);
  expect(after.twins).toEqual({
    total: 1,
    items: [{ ...preview.twins.items[0], display: expect.stringMatching(/^person-/) }],
  });
});

test("of a revealed person it is whole", () => {
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  expect(maskPreview(preview, revealed, input)).toEqual(preview);
});

test("a value that is added to a preview one day is not let through unseen", () => {
  const holdings = preview.holdings.map((holding) => ({ ...holding, added: CANARY.id }));
  expect(leaks(maskPreview({ ...preview, holdings }, hidesAll, input))).toEqual([]);
});
