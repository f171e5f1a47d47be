/** Whose counters a walk found fullest, busiest or in trouble: short lists, whatever the number of people. */
import { type RateLimitWindow, TROUBLES, type WindowJudgement } from "../limiter/windows";
import { Largest } from "./survey-largest";

/** Each list holds so many people. */
const LEADERS = 100;

export interface CounterStanding {
  /** The fullest window: count divided by limit. */
  fullness: number;
  /** Requests of the day. */
  ofDay: number;
  /** A counter is stuck, or holds what no counter should. */
  inTrouble: boolean;
}

/** @param limits requests allowed, in the order of the windows */
export function standingOf(
  windows: readonly RateLimitWindow[],
  judged: readonly WindowJudgement[],
  limits: readonly number[],
): CounterStanding {
  const fullness = judged.map(({ count }, at) => (count ?? 0) / limits[at]!);
  const day = windows.findIndex(({ name }) => name === "day");
  return {
    fullness: Math.max(0, ...fullness),
    ofDay: judged[day]?.count ?? 0,
    inTrouble: judged.some(({ state }) => TROUBLES.includes(state)),
  };
}

interface Leader {
  id: string;
  score: number;
}

const leaders = () => new Largest<Leader>(LEADERS, ({ score }) => score);

export class LimitLeaders {
  readonly #fullest = leaders();
  readonly #busiest = leaders();
  readonly #inTrouble = new Set<string>();

  /** @param id latin1 text of the person's id */
  offer(id: string, { fullness, ofDay, inTrouble }: CounterStanding): void {
    this.#fullest.offer(fullness, () => ({ id, score: fullness }));
    this.#busiest.offer(ofDay, () => ({ id, score: ofDay }));
    if (inTrouble && this.#inTrouble.size < LEADERS) this.#inTrouble.add(id);
  }

  /** Everybody on a list, once. */
  ids(): Set<string> {
    const listed = [...this.#fullest.sorted(), ...this.#busiest.sorted()].map(({ id }) => id);
    return new Set([...this.#inTrouble, ...listed]);
  }
}
