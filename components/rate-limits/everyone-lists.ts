/** Everybody's limits at a moment: who stands on which list. Pure: the page's clock calls it once a second. */
import { TROUBLES } from "@/lib/redis/limiter/windows";
import type { EveryonesLimits, LimitPerson, PersonWindow } from "@/lib/redis/rate-limits/schema";

/** A person and the window because of which they are on the list. */
export interface Listed {
  person: LimitPerson;
  window: PersonWindow;
}

export interface EveryoneLists {
  /** Whoever has to wait longest first. */
  blocked: Listed[];
  /** Each by the worst of their counters, the worst first. */
  inTrouble: Listed[];
  /** Fullest first. */
  near: Listed[];
  /** Most requests of the day first. */
  busiest: Listed[];
}

/** @param redisNowMs by then a counter whose end has come is gone, whether or not anybody has looked again */
export function listsAt({ people }: EveryonesLimits, redisNowMs: number): EveryoneLists {
  const living = people.map((person) => ({
    ...person,
    windows: person.windows.filter(({ resetAtMs }) => resetAtMs === null || resetAtMs > redisNowMs),
  }));
  const having = (pick: (windows: PersonWindow[]) => PersonWindow | undefined): Listed[] =>
    living.flatMap((person) => {
      const window = pick(person.windows);
      return window ? [{ person, window }] : [];
    });
  const blocked = having(longestBlock).sort((a, b) => laterFirst(a.window, b.window));
  const isBlocked = new Set(blocked.map(({ person }) => person.userRef));
  return {
    blocked,
    inTrouble: having(worst).sort((a, b) => rank(a.window) - rank(b.window)),
    near: having(fullestNear)
      .filter(({ person }) => !isBlocked.has(person.userRef))
      .sort((a, b) => fullness(b.window) - fullness(a.window)),
    busiest: having((windows) => windows.find(({ name, count }) => name === "day" && (count ?? 0) > 0)).sort(
      (a, b) => (b.window.count ?? 0) - (a.window.count ?? 0),
    ),
  };
}

/** What never ends comes before all that does. */
function laterFirst(a: PersonWindow, b: PersonWindow): number {
  if (a.resetAtMs === b.resetAtMs) return 0;
  if (a.resetAtMs === null) return -1;
  return b.resetAtMs === null ? 1 : b.resetAtMs - a.resetAtMs;
}

function fullness({ count, limit }: PersonWindow): number {
  return (count ?? 0) / limit;
}

function longestBlock(windows: PersonWindow[]): PersonWindow | undefined {
  return windows.filter((window) => window.blocked).sort(laterFirst)[0];
}

function rank({ state }: PersonWindow): number {
  return TROUBLES.indexOf(state);
}

function worst(windows: PersonWindow[]): PersonWindow | undefined {
  return windows.filter((window) => rank(window) >= 0).sort((a, b) => rank(a) - rank(b))[0];
}

function fullestNear(windows: PersonWindow[]): PersonWindow | undefined {
  return windows.filter(({ state }) => state === "near").sort((a, b) => fullness(b) - fullness(a))[0];
}
