import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MASK } from "../../masking";
import { sealRef } from "../../refs";
import { CANARY_ID, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { changesOf } from "../keyspace/changes";
import { surveyorOf } from "../keyspace/survey";
import { Store } from "../store/store";
import { limitWatchOf, MAX_CHANGED } from "./limit-watch";
import { maskEveryonesLimits } from "./mask";
import { readEveryonesLimits } from "./read-everyone";
import { setDefaultLimit, setLimitOverride } from "./settings";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  await redis.flush();
  // A process of its own for each test: nothing surveyed, nothing kept.
  changesOf(store).stop();
  surveyorOf(store, store).stop();
  store.close();
  store = new Store(redis.url());
});
afterAll(() => {
  changesOf(store).stop();
  surveyorOf(store, store).stop();
  store.close();
});

const everyone = () => readEveryonesLimits(store, store);
const count = (id: string, minute: number, day = minute) =>
  store.transaction([
    ["HSETEX", rateLimitKey(Buffer.from(id)), "EX", 50, "FIELDS", 1, "requests_per_minute", minute],
    ["HSETEX", rateLimitKey(Buffer.from(id)), "EX", 80_000, "FIELDS", 1, "requests_per_day", day],
  ]);
const labels = async () => (await everyone()).people.map(({ label }) => label).sort();
const eventually = (check: () => Promise<void>) =>
  expect.poll(() => check().then(() => "yes", String)).toBe("yes");

describe("readEveryonesLimits", () => {
  it("finds by the survey who was there before anybody listened, and reads their counters now", async () => {
    await count("blocked", 61);
    await count("near", 50);
    await store.command("HSET", rateLimitKey(Buffer.from("stuck")), "requests_per_hour", 7);
    await count("fine", 3, 400);
    await surveyorOf(store, store).rescan();
    await surveyorOf(store, store).settled();
    const limits = await everyone();
    expect(limits.totals).toEqual({ blocked: 1, near: 1, inTrouble: 1, counted: 3 });
    expect(limits).toMatchObject({ complete: true, limitsKnown: true, status: { completeness: "complete" } });
    const blocked = limits.people.find(({ label }) => label === "blocked")!;
    expect(blocked.userRef).toBe(sealRef("user", Buffer.from("blocked")));
    expect(blocked.windows[0]).toMatchObject({ name: "minute", state: "blocked", count: 61, limit: 60 });
    expect(blocked.windows[0]!.resetAtMs! - limits.nowMs).toBeGreaterThan(45_000);
    await store.command("HDEL", rateLimitKey(Buffer.from("blocked")), "requests_per_minute");
    expect((await everyone()).totals.blocked).toBe(0);
  });

  it("finds by the change itself whoever came after the survey", async () => {
    await everyone();
    await surveyorOf(store, store).settled();
    await eventually(async () => expect(changesOf(store).live).toBe(true));
    await count("late", 99);
    await eventually(async () => expect((await everyone()).totals.blocked).toBe(1));
    // And keeps them without another change.
    expect((await everyone()).totals.blocked).toBe(1);
  });

  it("judges by the limit of each person, and tells what holds for everybody and who set it", async () => {
    await setLimitOverride(store, { userId: Buffer.from("own"), window: "minute", limit: 5, setBy: "Dana" });
    await setDefaultLimit(store, { window: "hour", limit: 9, setBy: "Dana", setById: "o1" });
    await count("own", 5);
    limitWatchOf(store, store).note(Buffer.from("own"));
    const { people, windows, changes } = await everyone();
    expect(people[0]!.windows[0]).toMatchObject({ blocked: true, limit: 5, limitSource: "override" });
    expect(windows.map(({ name, limit, setBy }) => [name, limit, setBy?.setBy])).toEqual([
      ["minute", 60, undefined],
      ["hour", 9, "Dana"],
      ["day", 10_000, undefined],
    ]);
    expect(changes).toMatchObject([{ window: "hour", limit: 9, byId: "o1" }]);
  });

  it("takes the key's own life for the end when it comes first", async () => {
    await count("alice", 61);
    await store.command("PEXPIRE", rateLimitKey(Buffer.from("alice")), 5_000);
    limitWatchOf(store, store).note(Buffer.from("alice"));
    const { people, nowMs } = await everyone();
    for (const { resetAtMs } of people[0]!.windows) expect(resetAtMs! - nowMs).toBeLessThanOrEqual(5_010);
  });

  it("says when a limit of somebody's own ends, though they are on no list until then", async () => {
    const carol = Buffer.from("carol");
    const untilMs = Date.now() + 1_500;
    await setLimitOverride(store, { userId: carol, window: "minute", limit: 200, setBy: "Dana", untilMs });
    const key = rateLimitKey(carol);
    await store.command("HSETEX", key, "EX", 50, "FIELDS", 1, "requests_per_minute", 80);
    limitWatchOf(store, store).note(carol);
    expect(await everyone()).toMatchObject({ people: [], limitsEndMs: untilMs });
    await new Promise((resolve) => setTimeout(resolve, untilMs - Date.now() + 20));
    expect(await everyone()).toMatchObject({ totals: { blocked: 1 }, limitsEndMs: null });
  });

  it("finds a key of another type and a life of the whole key, by survey too", async () => {
    await store.command("SET", rateLimitKey(Buffer.from("text")), "7", "EX", 100);
    await count("ending", 3);
    await store.command("PEXPIRE", rateLimitKey(Buffer.from("ending")), 90_000);
    await count("fine", 3);
    await surveyorOf(store, store).rescan();
    await surveyorOf(store, store).settled();
    const { people, totals, nowMs } = await everyone();
    expect(totals.inTrouble).toBe(2);
    const troubles = Object.fromEntries(people.map(({ label, keyTrouble }) => [label, keyTrouble]));
    expect(troubles).toMatchObject({
      text: { kind: "wrong-type", type: "string" },
      ending: { kind: "key-life", type: "hash" },
      fine: null,
    });
    expect(troubles.text!.endsAtMs! - nowMs).toBeGreaterThan(80_000);
    expect(troubles.ending!.endsAtMs! - nowMs).toBeGreaterThan(70_000);
  });

  it("has the digits of what is past 2^53, in both directions", async () => {
    const key = rateLimitKey(Buffer.from("most"));
    await store.command("HSET", key, "requests_per_minute", "9223372036854775800");
    await store.command("HSET", key, "requests_per_day", "-9223372036854775808");
    limitWatchOf(store, store).note(Buffer.from("most"));
    const [most] = (await everyone()).people;
    expect(most!.windows.map(({ state, valueText }) => [state, valueText])).toEqual([
      ["too-large", "9223372036854775800"],
      ["too-large", "-9223372036854775808"],
    ]);
    const [masked] = maskEveryonesLimits(await everyone(), hidesAll).people;
    expect(masked!.windows.map(({ valueText }) => valueText)).toEqual([MASK, MASK]);
  });

  it("never fetches what is too long to be a count", async () => {
    const watch = limitWatchOf(store, store);
    await store.command(
      "HSET",
      rateLimitKey(Buffer.from("long")),
      "requests_per_minute",
      "9".repeat(2_000_000),
    );
    for (const id of ["long", "nobody"]) watch.note(Buffer.from(id));
    expect(await labels()).toEqual(["long"]);
    expect((await everyone()).people[0]!.windows[0]).toMatchObject({ state: "not-a-number", count: null });
  });

  it("says when more changed than it looks at, once", async () => {
    const watch = limitWatchOf(store, store);
    for (let n = 0; n <= MAX_CHANGED; n++) watch.note(Buffer.from(`u${n}`));
    expect((await everyone()).complete).toBe(false);
    expect((await everyone()).complete).toBe(true);
  });

  it("goes on by the built-in limits when the console's own state is down", async () => {
    await count("alice", 61);
    const nowhere = new Store("redis://127.0.0.1:1");
    limitWatchOf(store, nowhere).note(Buffer.from("alice"));
    expect(await readEveryonesLimits(store, nowhere)).toMatchObject({
      limitsKnown: false,
      totals: { blocked: 1 },
    });
    nowhere.close();
  });

  it("is masked: who it is goes, the counts stay", async () => {
    await count(CANARY_ID.toString(), 61);
    limitWatchOf(store, store).note(CANARY_ID);
    const limits = await everyone();
    expect(leaks(limits).length).toBeGreaterThan(0);
    const masked = maskEveryonesLimits(limits, hidesAll);
    expect(leaks(masked)).toEqual([]);
    expect(masked).toMatchObject({ masked: true, totals: limits.totals });
    expect(masked.people[0]).toMatchObject({
      label: expect.stringMatching(/^person-/),
      windows: limits.people[0]!.windows,
    });
  });
});
