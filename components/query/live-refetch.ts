/**
 * From what changed to what is read again. For each query at most one read is under way and one is waiting: ten
 * thousand writes are a few reads, and the last of them is after the last write.
 */
import type { Query, QueryClient } from "@tanstack/react-query";
import { serverNow } from "@/components/ui/clock";
import { ConsoleError } from "./console-error";
import { concerns, type LiveTopic } from "./live-topics";

/** Between the beginnings of two reads of one query. */
const SPACING_MS = 250;
const SPACING_MAX_MS = 5_000;
/** A read that takes long is done less often: at most a quarter of the time is spent on it. */
const REST_FACTOR = 4;

/** How long it is known what was told. Nothing takes longer from being read on the server to being on the page. */
const TOLD_MS = 120_000;
const MAX_TOLD = 500;
/** By so much the clocks of browser and server may differ, or two things that were done at once. */
const LEEWAY_MS = 2_000;

interface Told {
  /** null: everything. */
  topic: LiveTopic | null;
  atMs: number;
}

interface Reading {
  startedAtMs: number;
  tookMs: number;
  /** It will be read again when the one under way is done, and not before the spacing is over. */
  waiting: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

export class LiveRefetch {
  readonly #readings = new Map<string, Reading>();
  /** The last time of each. */
  readonly #told = new Map<string, Told>();
  #stopped = false;
  readonly #unsubscribe: () => void;

  constructor(readonly client: QueryClient) {
    // A read that was under way when something changed may have been too early for it.
    this.#unsubscribe = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === "updated" && query.state.fetchStatus === "idle") this.#ended(query);
      if (type === "observerAdded" && this.#isBehind(query)) queueMicrotask(() => this.#askIfShown(query));
      if (type === "removed") this.#forget(query.queryHash);
    });
  }

  /** Reads again what is on the page and concerned; the rest is read when somebody comes back to it. */
  changed(changes: readonly LiveTopic[]): void {
    for (const topic of changes) this.#remember(topic);
    this.#again((query) =>
      query.meta?.live?.some((topic) => changes.some((change) => concerns(topic, change))),
    );
  }

  /** Anything may be different. */
  everything(): void {
    this.#told.clear();
    this.#remember(null);
    this.#again((query) => query.meta?.live !== undefined);
  }

  /** Is any live query of the page being read now? */
  isReading(): boolean {
    const predicate = (query: Query) => query.meta?.live !== undefined && query.isActive();
    return this.client.isFetching({ predicate }) > 0;
  }

  /** What could not be read, and may be able to by now. */
  failed(): void {
    this.#again((query) => query.meta?.live !== undefined && isPassing(query.state.error));
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const hash of [...this.#readings.keys()]) this.#forget(hash);
  }

  #remember(topic: LiveTopic | null): void {
    // By whichever clock is ahead: what is read once too often does no harm.
    const atMs = Math.max(Date.now(), serverNow());
    const name = topic ? `${topic.class} ${topic.userRef}` : "everything";
    this.#told.delete(name);
    this.#told.set(name, { topic, atMs });
    for (const [oldest, told] of this.#told) {
      if (this.#told.size <= MAX_TOLD && atMs - told.atMs <= TOLD_MS) break;
      this.#told.delete(oldest);
    }
  }

  /**
   * Was something told between the reading of what a page brings along, on the server, and its drawing? Nobody asked for
   * it then: it was not in the cache, or nobody knew what it shows.
   */
  #isBehind(query: Query): boolean {
    const { data, dataUpdatedAt } = query.state;
    const topics = query.meta?.live;
    if (data === undefined || !topics) return false;
    return [...this.#told.values()].some(
      ({ topic: told, atMs }) =>
        atMs > dataUpdatedAt - LEEWAY_MS && (told === null || topics.some((topic) => concerns(topic, told))),
    );
  }

  #askIfShown(query: Query): void {
    if (!this.#stopped && query.isActive() && !query.isDisabled()) this.#ask(query);
  }

  #again(isMeant: (query: Query) => boolean | undefined): void {
    for (const query of this.client.getQueryCache().getAll()) {
      if (!isMeant(query)) continue;
      if (query.isActive() && !query.isDisabled()) this.#ask(query);
      else if (query.state.data !== undefined) query.invalidate();
    }
  }

  #ask(query: Query): void {
    const reading = this.#readings.get(query.queryHash) ?? { startedAtMs: 0, tookMs: 0, waiting: false };
    this.#readings.set(query.queryHash, reading);
    if (query.state.fetchStatus !== "idle") {
      reading.waiting = true;
      return;
    }
    if (reading.timer !== undefined) return;
    const restMs = Math.min(reading.tookMs * REST_FACTOR, SPACING_MAX_MS);
    const spacingMs = Math.max(query.meta?.liveSpacingMs ?? SPACING_MS, restMs);
    const waitMs = reading.startedAtMs + spacingMs - performance.now();
    if (reading.startedAtMs === 0 || waitMs <= 0) this.#read(query, reading);
    else reading.timer = setTimeout(() => this.#read(query, reading), waitMs);
  }

  #read(query: Query, reading: Reading): void {
    reading.timer = undefined;
    if (this.#stopped || !query.isActive() || query.isDisabled()) return;
    if (query.state.fetchStatus !== "idle") {
      reading.waiting = true;
      return;
    }
    reading.startedAtMs = performance.now();
    reading.waiting = false;
    void this.client
      .refetchQueries({ queryKey: query.queryKey, exact: true, type: "active" }, { cancelRefetch: false })
      .then(() => {
        reading.tookMs = performance.now() - reading.startedAtMs;
      });
  }

  #ended(query: Query): void {
    const reading = this.#readings.get(query.queryHash);
    if (!reading?.waiting) return;
    reading.waiting = false;
    // Not within the cache's own telling.
    queueMicrotask(() => this.#ask(query));
  }

  #forget(hash: string): void {
    clearTimeout(this.#readings.get(hash)?.timer);
    this.#readings.delete(hash);
  }
}

/** Will the same question be answered otherwise in a moment? */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ConsoleError)) return false;
  return (
    error.code === "console_unreachable" || error.code === "too_many_requests" || /^store_/.test(error.code)
  );
}
