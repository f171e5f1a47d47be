/**
 * The limits in force, kept in the process for at most a second: a limiter that asks for them anew with every request
 * runs at 0.6 of the speed of its bare transaction, and limits change a few times a day.
 */
import { perOwner } from "../../per-process";
import type { Store } from "../store/store";
import { type EffectiveLimit, readLimits } from "./settings";
import type { RateLimitWindow } from "./windows";

/** Counted from when the limits were asked for: so old may be what a request is judged by, and no older. */
export const LIMITS_MAX_AGE_MS = 1_000;
const MAX_PEOPLE = 10_000;

interface Known {
  askedAtMs: number;
  limits: Promise<EffectiveLimit[]>;
}

class LimitsCache {
  readonly #known = new Map<string, Known>();

  constructor(
    readonly consoleStore: Store,
    readonly windows: readonly RateLimitWindow[],
  ) {}

  of(userId: Buffer): Promise<EffectiveLimit[]> {
    const id = userId.toString("latin1");
    const nowMs = performance.now();
    const known = this.#known.get(id);
    if (known && nowMs - known.askedAtMs < LIMITS_MAX_AGE_MS) return known.limits;
    // Everything at once rather than one by one: what is dropped too early is only asked for again.
    if (this.#known.size >= MAX_PEOPLE) this.#known.clear();
    const limits = readLimits(this.consoleStore, [userId], this.windows).then(([own]) => own ?? []);
    const entry = { askedAtMs: nowMs, limits };
    this.#known.set(id, entry);
    limits.catch(() => {
      if (this.#known.get(id) === entry) this.#known.delete(id);
    });
    return limits;
  }

  forget(): void {
    this.#known.clear();
  }
}

const cachesOf = perOwner("limits-caches", (_: Store) => new Map<readonly RateLimitWindow[], LimitsCache>());

/** The limits of a person, in the order of the windows, at most {@link LIMITS_MAX_AGE_MS} old. */
export function recentLimits(
  consoleStore: Store,
  userId: Buffer,
  windows: readonly RateLimitWindow[],
): Promise<EffectiveLimit[]> {
  const ofStore = cachesOf(consoleStore);
  let cache = ofStore.get(windows);
  if (!cache) {
    // Callers have one list of windows for good; whoever makes a new one each time must not fill the memory.
    if (ofStore.size >= 16) ofStore.clear();
    cache = new LimitsCache(consoleStore, windows);
    ofStore.set(windows, cache);
  }
  return cache.of(userId);
}

/** After a setting of this process: the next request is judged by it. Other processes follow within the second. */
export function forgetRecentLimits(consoleStore: Store): void {
  for (const cache of cachesOf(consoleStore).values()) cache.forget();
}
