/** Limits, everyone: who is blocked or near now, whose counters are in trouble, who asks most today. */
import { rateLimitWindows } from "../limiter/config";
import { readDefaults } from "../limiter/settings";
import { TROUBLES } from "../limiter/windows";
import type { Store } from "../store/store";
import { readLimitChanges } from "./limit-changes";
import { limitWatchOf } from "./limit-watch";
import { type PersonCounters, readPeople, toLimitPerson } from "./read-people";
import type { EveryonesLimits, WindowSetting } from "./schema";

/** Of each list. */
const SHOWN = 50;

/**
 * Nothing here walks the keyspace: the candidates come from memory (limit-watch.ts), and the counters of all of them
 * are read again now, so the numbers are of this moment. Whoever nobody has seen changing and no survey has found yet
 * is missing; `status` says how old the survey is.
 *
 * @throws the store's errors. When only the console's own state is down, the built-in limits are used and
 *   `limitsKnown` is false.
 */
export async function readEveryonesLimits(store: Store, consoleStore: Store): Promise<EveryonesLimits> {
  const watch = limitWatchOf(store, consoleStore);
  const { userIds, complete, view } = await watch.candidates();
  const [read, settings] = await Promise.all([
    readPeople(store, consoleStore, userIds).catch((error: unknown) => {
      // They were handed out for this look; the next one must not go without them.
      for (const userId of userIds) watch.note(userId);
      throw error;
    }),
    readSettings(consoleStore),
  ]);
  const lists = listed(read.people);
  const shown = new Set(Object.values(lists).flatMap((list) => list.slice(0, SHOWN)));
  watch.keep([...shown, ...read.people].map(({ userId }) => userId));
  return {
    nowMs: read.nowMs,
    clockOffsetMs: read.clockOffsetMs,
    limitsEndMs: read.limitsEndMs,
    people: [...shown].map(toLimitPerson),
    totals: {
      blocked: lists.blocked.length,
      near: lists.near.length,
      inTrouble: lists.inTrouble.length,
      counted: lists.busiest.length,
    },
    ...settings,
    complete,
    limitsKnown: read.limitsKnown && settings.limitsKnown,
    status: view.status,
  };
}

function listed(people: readonly PersonCounters[]) {
  const having = (is: (window: PersonCounters["windows"][number]) => boolean) =>
    people.filter(({ windows }) => windows.some(is));
  const fullness = ({ windows }: PersonCounters) =>
    Math.max(0, ...windows.map(({ count, limit }) => (count ?? 0) / limit));
  const ofDay = ({ windows }: PersonCounters) => windows.find(({ name }) => name === "day")?.count ?? 0;
  const byFullness = (a: PersonCounters, b: PersonCounters) => fullness(b) - fullness(a);
  const blocked = having((window) => window.blocked).sort(byFullness);
  return {
    blocked,
    inTrouble: people
      .filter(
        ({ windows, keyTrouble }) => keyTrouble || windows.some(({ state }) => TROUBLES.includes(state)),
      )
      .sort(byFullness),
    near: having(({ state }) => state === "near")
      .filter((person) => !blocked.includes(person))
      .sort(byFullness),
    busiest: people.filter((person) => ofDay(person) > 0).sort((a, b) => ofDay(b) - ofDay(a)),
  };
}

async function readSettings(
  consoleStore: Store,
): Promise<Pick<EveryonesLimits, "windows" | "changes" | "limitsKnown">> {
  const [defaults, changes] = await Promise.all([
    readDefaults(consoleStore).catch(() => null),
    readLimitChanges(consoleStore, null).catch(() => []),
  ]);
  const windows = rateLimitWindows().map(({ name, field, seconds, defaultLimit }, at): WindowSetting => {
    const setBy = defaults?.[at] ?? null;
    return { name, field, seconds, limit: setBy?.limit ?? defaultLimit, builtInLimit: defaultLimit, setBy };
  });
  return { windows, changes, limitsKnown: defaults !== null };
}
