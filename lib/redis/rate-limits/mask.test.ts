import { afterAll, beforeEach, expect, test } from "vitest";
import { MASK } from "../../masking";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { Store } from "../store/store";
import { maskOverride, maskRateLimits } from "./mask";
import { readRateLimits } from "./read";
import { setDefaultLimit, setLimitOverride } from "./settings";

const redis = testRedis();
let store: Store;
const key = rateLimitKey(CANARY_ID);
const read = () => readRateLimits(store, store, { userId: CANARY_ID });

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
});
afterAll(() => store.close());

test("counts, lives and limits stay; values, reasons and the id go", async () => {
  await store.command("HSETEX", key, "EX", 40, "FIELDS", 1, "requests_per_minute", 61);
  await store.command("HSET", key, "requests_per_hour", CANARY.value, CANARY.field, CANARY.value, "plan", "");
  await setLimitOverride(store, {
    userId: CANARY_ID,
    window: "minute",
    limit: 7,
    setBy: "ops",
    reason: CANARY.message,
  });
  await setDefaultLimit(store, { window: "day", limit: 9, setBy: "ops" });
  const limits = await read();
  expect(leaks(limits).length).toBeGreaterThan(5);
  const masked = maskRateLimits(limits, hidesAll, { ref: CANARY_REF });
  expect(leaks(masked)).toEqual([]);
  expect(masked.key).toMatch(/^user:person-\w{6}:rate_limit$/);
  expect(masked.windows[0]).toMatchObject({ count: 61, limit: 7, state: "blocked", blocked: true });
  expect(masked.windows[0]?.resetAtMs).toBe(limits.windows[0]?.resetAtMs);
  expect(masked.windows[0]?.override).toMatchObject({ limit: 7, setBy: "ops" });
  expect(masked.windows[1]).toMatchObject({ state: "not-a-number", valueText: MASK, valueBytes: null });
  expect(masked.windows[2]?.defaultSetBy).toMatchObject({ limit: 9, setBy: "ops" });
  expect(masked.otherFields).toEqual([
    { field: expect.stringMatching(/^hidden-/), valueText: MASK, valueBytes: null, expiresAtMs: null },
    { field: "plan", valueText: "", valueBytes: 0, expiresAtMs: null },
  ]);
  expect(masked.masked).toBe(true);
});

test("a key of another type says nothing more", async () => {
  await store.command("SET", key, CANARY.value);
  const masked = maskRateLimits(await read(), hidesAll, { ref: CANARY_REF });
  expect(leaks(masked)).toEqual([]);
  expect(masked).toMatchObject({ state: "wrong-type", type: "string" });
});

test("an override keeps its numbers, and of its reason the form", () => {
  const override = {
    limit: 3,
    untilMs: 5,
    reason: "Wrenna called, twice",
    setBy: "ops",
    setById: "o1",
    setAtMs: 4,
  };
  expect(maskOverride(override)).toEqual({ ...override, reason: `${MASK} ${MASK}, ${MASK}` });
  expect(maskOverride({ ...override, reason: null }).reason).toBeNull();
});
