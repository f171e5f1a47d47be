import { expect, test } from "vitest";
import type { WindowVerdict } from "@/lib/redis/limiter/windows";
import type { EveryonesLimits, PersonWindow } from "@/lib/redis/rate-limits/schema";
import { listsAt } from "./everyone-lists";

const NOW = 1_717_935_000_000;

function window(name: string, state: WindowVerdict, count: number, endsInMs: number | null): PersonWindow {
  const limit = 60;
  const resetAtMs = endsInMs === null ? null : NOW + endsInMs;
  return {
    ...{ name, period: `this ${name}`, state, count, limit },
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
  expect(inTrouble.map(({ person, window }) => [person.userRef, window.name])).toEqual([
    ["stuck", "minute"],
    ["odd", "hour"],
  ]);
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
