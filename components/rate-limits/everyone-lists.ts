/** Everybody's limits at a moment: who stands on which list. Pure: the page's clock calls it once a second. */
import { TROUBLES } from "@/lib/redis/limiter/windows";
import type { EveryonesLimits, KeyTrouble, LimitPerson, PersonWindow } from "@/lib/redis/rate-limits/schema";

/** A person and the window because of which they are on the list. */
export interface Listed {
  person: LimitPerson;
  window: PersonWindow;
}

/** A person and what is wrong: with the window that is worst, or with the key of all of them. */
export type Troubled = Listed | { person: LimitPerson; keyTrouble: KeyTrouble };

export interface EveryoneLists {
  /** Whoever has to wait longest first. */
  blocked: Listed[];
  /** Each by the worst of their counters, the worst first; a key that is no hash before all, one that ends after all. */
  inTrouble: Troubled[];
  /** Fullest first. */
  near: Listed[];
  /** Most requests of the day first. */
  busiest: Listed[];
}

/** @param redisNowMs by then a counter whose end has come is gone, whether or not anybody has looked again */
export function listsAt({ people }: EveryonesLimits, redisNowMs: number): EveryoneLists {
  const living = people.map((person) => ({
    ...person,
    windows: person.windows.filter(({ resetAtMs }) => lives(resetAtMs, redisNowMs)),
    keyTrouble: person.keyTrouble && lives(person.keyTrouble.endsAtMs, redisNowMs) ? person.keyTrouble : null,
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
    inTrouble: living.flatMap(troubleOf).sort((a, b) => troubleRank(a) - troubleRank(b)),
    near: having(fullestNear)
      .filter(({ person }) => !isBlocked.has(person.userRef))
      .sort((a, b) => fullness(b.window) - fullness(a.window)),
    busiest: having((windows) => windows.find(({ name, count }) => name === "day" && (count ?? 0) > 0)).sort(
      (a, b) => (b.window.count ?? 0) - (a.window.count ?? 0),
    ),
  };
}

/** When something of this ends next, by Redis's clock, the limit of somebody who is on no list included; null for never. */
export function everyonesNextEndMs({ people, limitsEndMs }: EveryonesLimits): number | null {
  const ends = people.flatMap(({ windows, keyTrouble }) => [
    ...windows.map(({ resetAtMs }) => resetAtMs),
    keyTrouble?.endsAtMs ?? null,
  ]);
  const known = [...ends, limitsEndMs].filter((end) => end !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function lives(endsAtMs: number | null, redisNowMs: number): boolean {
  return endsAtMs === null || endsAtMs > redisNowMs;
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

function troubleOf(person: LimitPerson): Troubled[] {
  const { windows, keyTrouble } = person;
  const window = worst(windows);
  if (window) return [{ person, window }];
  return keyTrouble ? [{ person, keyTrouble }] : [];
}

function troubleRank(troubled: Troubled): number {
  if ("window" in troubled) return rank(troubled.window);
  return troubled.keyTrouble.kind === "wrong-type" ? -1 : TROUBLES.length;
}

function worst(windows: PersonWindow[]): PersonWindow | undefined {
  return windows.filter((window) => rank(window) >= 0).sort((a, b) => rank(a) - rank(b))[0];
}

function fullestNear(windows: PersonWindow[]): PersonWindow | undefined {
  return windows.filter(({ state }) => state === "near").sort((a, b) => fullness(b) - fullness(a))[0];
}
