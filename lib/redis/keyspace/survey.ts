/**
 * The survey: one walk over the keyspace that feeds the directory of people, the overview and memory use.
 *
 * It runs behind the pages, one at a time in the process, and its result is kept. A look that finds it stale
 * starts the next walk and is answered from the last one. Stale means: older than twenty times as long as the
 * walk took (so walking takes at most a twentieth of the time) while something changed, or older than ten
 * minutes (survey-due.ts). Why not exact counters kept up by every write: see docs/decisions/0004.
 */

import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { ErrorDto } from "../../errors";
import { logDefect } from "../../log";
import { perOwner } from "../../per-process";
import { isError, toInt } from "../store/reply";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import { type Changes, changesOf } from "./changes";
import { scanKeys } from "./scan";
import { walkDueInMs } from "./survey-due";
import { readKeyFacts } from "./survey-facts";
import { addSample, SAMPLE_EVERY_MS } from "./survey-samples";
import type { SurveyStatus } from "./survey-schema";
import { SeenKeys } from "./survey-seen";
import { SurveyTally } from "./survey-tally";

/** A walk that ended well, or (`finishedAtMs` null) the first one under way: then every count is "at least". */
export interface Survey {
  startedAtMs: number;
  finishedAtMs: number | null;
  tally: SurveyTally;
}

export interface SurveyView {
  survey: Survey | null;
  status: SurveyStatus;
}

/** A page waits this long for a walk that is nearly there, and no longer. */
const PATIENCE_MS = 150;
/** Those who look are told of a walk under way every so often. */
const TELL_EVERY_MS = 1_000;
/** Until the next try without anybody's asking. */
const AFTER_FAILURE_MS = 5_000;
const CHUNK = 125;
/** Past so many keys the walk rests as long as it works: other clients come first. */
const GENTLE_AFTER_KEYS = 5_000;

interface Walk {
  survey: Survey;
  seen: SeenKeys;
  totalKeys: number | null;
  changesAtStart: number;
  done: Promise<void>;
}

export class Surveyor {
  #last: { survey: Survey; changesAtStart: number } | null = null;
  #walk: Walk | null = null;
  #failure: { atMs: number; thrown: unknown; error: ErrorDto } | null = null;
  #sampler: NodeJS.Timeout | undefined;
  #next: NodeJS.Timeout | undefined;
  #clusterNode = false;

  constructor(
    readonly store: Store,
    readonly consoleStore: Store,
    readonly changes: Changes,
  ) {}

  /**
   * The latest numbers; starts a walk when they are stale, or a little later when it is too early for the next one:
   * who looked is told when there is more to see ({@link Changes.tell}). Waits at most {@link PATIENCE_MS}, so that
   * on a small store what was written a moment ago is there.
   * @throws the store's error when there has never been a walk and this one failed
   */
  async look(): Promise<SurveyView> {
    this.changes.start();
    this.#keepSampling();
    const waitMs = this.#walk ? Number.POSITIVE_INFINITY : this.#dueInMs(Date.now());
    if (waitMs <= 0) this.#begin();
    // Where Redis tells of no changes every walk would find that another is due.
    else if (Number.isFinite(waitMs) && this.changes.live) this.#beginIn(waitMs);
    if (this.#walk) await Promise.race([this.#walk.done, sleep(PATIENCE_MS, undefined, { ref: false })]);
    return this.#view();
  }

  /** Walk again, whatever the age. A walk under way is joined. */
  async rescan(): Promise<SurveyView> {
    if (!this.#walk) this.#begin();
    return this.look();
  }

  /** Resolves when no walk is under way; for tests and scripts. */
  async settled(): Promise<SurveyView> {
    while (this.#walk) await this.#walk.done;
    return this.#view();
  }

  stop(): void {
    clearInterval(this.#sampler);
    clearTimeout(this.#next);
    this.changes.stop();
  }

  #dueInMs(nowMs: number): number {
    const last = this.#last && {
      startedAtMs: this.#last.survey.startedAtMs,
      finishedAtMs: this.#last.survey.finishedAtMs ?? this.#last.survey.startedAtMs,
      keys: this.#last.survey.tally.total.keys,
      changedSince: !this.changes.live || this.changes.version !== this.#last.changesAtStart,
    };
    return walkDueInMs({ nowMs, last, failedAtMs: this.#failure?.atMs ?? null });
  }

  #beginIn(ms: number): void {
    const waitMs = this.#failure ? AFTER_FAILURE_MS : ms;
    this.#next ??= setTimeout(() => !this.#walk && this.#begin(), waitMs).unref();
  }

  #begin(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    const survey: Survey = { startedAtMs: Date.now(), finishedAtMs: null, tally: new SurveyTally() };
    const walk: Walk = {
      survey,
      seen: new SeenKeys(),
      totalKeys: null,
      changesAtStart: this.changes.version,
      done: Promise.resolve(),
    };
    this.#walk = walk;
    walk.done = this.#run(walk).then(
      () => this.#finish(walk),
      (error: unknown) => this.#fail(error),
    );
  }

  async #run(walk: Walk): Promise<void> {
    const [size] = await this.store.pipeline([["DBSIZE"]]);
    walk.totalKeys = isError(size) ? null : toInt(size);
    this.#clusterNode = this.store.kind !== "cluster" && (await this.store.capabilities()).mode === "cluster";
    let toldAtMs = Date.now();
    for await (const batch of scanKeys(this.store, Buffer.from("*"))) {
      for (let from = 0; from < batch.length; from += CHUNK) {
        const fresh = batch.slice(from, from + CHUNK).filter((key) => walk.seen.add(key));
        const startedAt = performance.now();
        for (const fact of await readKeyFacts(this.store, this.consoleStore, fresh)) {
          walk.survey.tally.add(fact);
        }
        if (Date.now() - toldAtMs > TELL_EVERY_MS) {
          toldAtMs = Date.now();
          this.changes.tell({ kind: "surveyed" });
        }
        if (walk.seen.size > GENTLE_AFTER_KEYS) await sleep(Math.min(50, performance.now() - startedAt));
        else await nextTurn();
      }
    }
  }

  async #finish(walk: Walk): Promise<void> {
    walk.survey.finishedAtMs = Date.now();
    this.#last = { survey: walk.survey, changesAtStart: walk.changesAtStart };
    this.#failure = null;
    this.#walk = null;
    this.changes.tell({ kind: "surveyed" });
    await addSample(this.consoleStore, walk.survey.tally);
  }

  #fail(error: unknown): void {
    this.#walk = null;
    const safe = storeError(error);
    if (!safe) logDefect(error, "survey");
    const dto = safe?.toDto() ?? {
      code: "internal" as const,
      message: "The walk over the keys failed in the console itself.",
      hint: "The numbers are from the walk before. Scan again; if it stays, the log of the console helps.",
    };
    this.#failure = { atMs: Date.now(), thrown: error, error: dto };
    this.changes.tell({ kind: "surveyed" });
  }

  #view(): SurveyView {
    if (!this.#last && !this.#walk && this.#failure) throw this.#failure.thrown;
    const survey = this.#last?.survey ?? this.#walk?.survey ?? null;
    const finishedAtMs = survey?.finishedAtMs ?? null;
    return {
      survey,
      status: {
        completeness: survey === null ? "none" : finishedAtMs === null ? "partial" : "complete",
        startedAtMs: survey?.startedAtMs ?? null,
        finishedAtMs,
        durationMs: survey && finishedAtMs !== null ? finishedAtMs - survey.startedAtMs : null,
        running: this.#walk && {
          startedAtMs: this.#walk.survey.startedAtMs,
          keysSeen: this.#walk.seen.size,
          totalKeys: this.#walk.totalKeys,
        },
        failure: this.#failure?.error ?? this.#down(),
        watched: this.changes.live,
        usersCapped: survey?.tally.usersCapped ?? false,
        scope: { clusterNode: this.#clusterNode, database: this.store.database },
        nowMs: Date.now(),
      },
    };
  }

  /** Without a change nobody asks Redis anything, so a lost connection must be looked at. */
  #down(): ErrorDto | null {
    // A walk under way finds out for itself, and the very first one begins before there is a connection.
    if (!this.#last || this.#walk || this.store.state.state === "up") return null;
    return {
      code: "store_unreachable",
      message: "Redis cannot be reached.",
      hint: "The numbers are from before. The console keeps trying.",
    };
  }

  /** So that the chart of the day has no hole while nobody looks. */
  #keepSampling(): void {
    this.#sampler ??= setInterval(() => void this.#sample(), SAMPLE_EVERY_MS).unref();
  }

  async #sample(): Promise<void> {
    const looked = await this.look().catch(() => null);
    if (looked?.survey?.finishedAtMs) await addSample(this.consoleStore, looked.survey.tally);
  }
}

/** The survey of a store. Opens nothing before somebody looks. */
export const surveyorOf = perOwner(
  "surveyor",
  (store: Store, consoleStore: Store) => new Surveyor(store, consoleStore, changesOf(store)),
);
