import { expect, test } from "vitest";
import type { WindowVerdict } from "@/lib/redis/limiter/windows";
import type { EveryonesLimits, KeyTrouble, PersonWindow } from "@/lib/redis/rate-limits/schema";
import { everyonesNextEndMs, listsAt } from "./everyone-lists";

const NOW = 1_717_935_000_000;

function window(name: string, state: WindowVerdict, count: number, endsInMs: number | null): PersonWindow {
  const limit = 60;
  const resetAtMs = endsInMs === null ? null : NOW + endsInMs;
  return {
    ...{ name, period: `this ${name}`, state, count, limit, valueText: null },
    ...{ blocked: count >= limit, limitSource: "default", resetAtMs },
  };
}

const everyone = (people: Record<string, PersonWindow[]>) =>
  ({
    people: Object.entries(people).map(([userRef, windows]) => ({ userRef, label: userRef, windows })),
  }) as unknown as EveryonesLimits;

const names = (listed: { person: { userRef: string } }[]) => listed.map(({ person }) => person.userRef);

const all = everyone({
  soon: [window("minute", "blocked", 61, 5_000), window("day", "ok", 50, 80_000_000)],
  stuck: [window("minute", "stuck", 75, null)],
  long: [window("minute", "blocked", 70, 9_000), window("hour", "blocked", 60, 900_000)],
  near: [window("minute", "near", 50, 5_000), window("day", "ok", 55, 80_000_000)],
  fine: [window("minute", "ok", 1, 5_000)],
  odd: [window("minute", "short-life", 1, 5_000), window("hour", "negative", -1, 9_000)],
});

test("who waits longest comes first, for ever before all, by the window that counts", () => {
  const { blocked, inTrouble } = listsAt(all, NOW);
  expect(names(blocked)).toEqual(["stuck", "long", "soon"]);
  expect(blocked[1]!.window.name).toBe("hour");
  const what = inTrouble.map((row) => ("window" in row ? row.window.name : row.keyTrouble.kind));
  expect(names(inTrouble)).toEqual(["stuck", "odd"]);
  expect(what).toEqual(["minute", "hour"]);
});

test("the near are not the blocked, and the busiest count the day", () => {
  const { near, busiest } = listsAt(all, NOW);
  expect(names(near)).toEqual(["near"]);
  expect(names(busiest)).toEqual(["near", "soon"]);
});

test("a window that has ended takes its people off, without another look", () => {
  const { blocked, near } = listsAt(all, NOW + 9_000);
  expect(names(blocked)).toEqual(["stuck", "long"]);
  expect(names(near)).toEqual([]);
});

test("a key that is no hash comes before all counters in trouble, one that ends after all, until it has ended", () => {
  const key = (kind: KeyTrouble["kind"], endsInMs: number | null): KeyTrouble => ({
    ...{ kind, type: "string", endsAtMs: endsInMs === null ? null : NOW + endsInMs },
  });
  const people = [
    { userRef: "ending", windows: [window("day", "ok", 3, 5_000)], keyTrouble: key("key-life", 5_000) },
    { userRef: "text", windows: [], keyTrouble: key("wrong-type", null) },
    { userRef: "stuck", windows: [window("day", "stuck", 3, 5_000)], keyTrouble: key("key-life", 5_000) },
  ];
  const limits = { people, limitsEndMs: null } as unknown as EveryonesLimits;
  expect(names(listsAt(limits, NOW).inTrouble)).toEqual(["text", "stuck", "ending"]);
  expect(names(listsAt(limits, NOW + 5_000).inTrouble)).toEqual(["text"]);
});

test("the next end is that of a counter, a key, or a limit of somebody who is on no list", () => {
  const people = [{ userRef: "one", windows: [window("day", "ok", 3, 5_000)], keyTrouble: null }];
  const limits = { people, limitsEndMs: null } as unknown as EveryonesLimits;
  expect(everyonesNextEndMs(limits)).toBe(NOW + 5_000);
  expect(everyonesNextEndMs({ ...limits, limitsEndMs: NOW + 100 })).toBe(NOW + 100);
  expect(everyonesNextEndMs({ ...limits, people: [] })).toBeNull();
});
