/**
 * Who may be blocked, near or busy: the candidates, kept in the process's memory. The survey of the whole store finds
 * them now and then, and Redis tells whose counters change in between; so no request walks the keyspace, and nobody is
 * missed for longer than until the next survey.
 */
import { perOwner } from "../../per-process";
import { type Changes, changesOf, type Notice } from "../keyspace/changes";
import { type SurveyView, surveyorOf } from "../keyspace/survey";
import type { Store } from "../store/store";

/** People whose counters changed and were not looked at yet; past that the oldest are left to the next survey. */
export const MAX_CHANGED = 1_000;
const MAX_KEPT = 300;

export class LimitWatch {
  /** latin1 ids, oldest first. */
  #changed = new Set<string>();
  #kept: string[] = [];
  #missed = false;
  #watching = false;

  constructor(
    readonly store: Store,
    readonly consoleStore: Store,
    readonly changes: Changes,
  ) {}

  /** Listens, from the first call on. */
  start(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.changes.start();
    this.changes.onNotice((notice) => this.#notice(notice));
  }

  /** This person's counters, or limits, are others now. */
  note(userId: Buffer): void {
    const id = userId.toString("latin1");
    this.#changed.delete(id);
    this.#changed.add(id);
    if (this.#changed.size <= MAX_CHANGED) return;
    const [oldest] = this.#changed;
    this.#changed.delete(oldest!);
    this.#missed = true;
  }

  /**
   * Everybody worth a look now, and the survey behind it. What changed is handed out once; whoever is found to matter
   * has to be kept with {@link keep}.
   */
  async candidates(): Promise<{ userIds: Buffer[]; complete: boolean; view: SurveyView }> {
    this.start();
    const view = await surveyorOf(this.store, this.consoleStore).look();
    const surveyed = view.survey?.tally.limits.ids() ?? new Set<string>();
    const ids = new Set([...this.#kept, ...this.#changed, ...surveyed]);
    const complete = !this.#missed;
    this.#changed = new Set();
    this.#missed = false;
    return { userIds: [...ids].map((id) => Buffer.from(id, "latin1")), complete, view };
  }

  /** These are looked at again next time, whether or not they change: the first ones, up to a bound. */
  keep(userIds: readonly Buffer[]): void {
    this.#kept = userIds.slice(0, MAX_KEPT).map((userId) => userId.toString("latin1"));
  }

  #notice(notice: Notice): void {
    if (notice.kind !== "named") return;
    for (const { class: cls, owner } of notice.named) if (cls === "rate-limits") this.note(owner);
  }
}

/**
 * A limit was set: those who watch look again, for the counters themselves have not changed.
 * @param userId null for a limit of everybody's
 */
export function tellLimitSet(store: Store, consoleStore: Store, userId: Buffer | null): void {
  if (userId) limitWatchOf(store, consoleStore).note(userId);
  changesOf(store).tell({ kind: "limits" });
}

export const limitWatchOf = perOwner(
  "limit-watch",
  (store: Store, consoleStore: Store) => new LimitWatch(store, consoleStore, changesOf(store)),
);
