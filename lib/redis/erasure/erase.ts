/** Erasing a person: walk and unlink until two walks in a row find nothing. */
import type { Store } from "../store";
import { compareAndUnlink } from "./compare-and-unlink";
import { eraseConsoleState } from "./console-state";
import { noCounts, totalOf } from "./counts";
import { indexedKeys } from "./indexed-keys";
import type { ClassCounts, Dispute, ErasureClass, ErasureProgress } from "./schema";
import { type ConcernedKey, judgeNamed, liesUnder, walkPerson } from "./walk";

export interface EraseInput {
  userId: Buffer;
  /** Names of disputed keys that a person ticked. They go only if they still concern this person. */
  includeDisputed?: readonly Buffer[];
  /** Called after every batch; a throw stops the run before the next one. */
  onProgress?: (progress: ErasureProgress) => void | Promise<void>;
}

export interface EraseResult extends ErasureProgress {
  /** `verified` or `partial`; a lost connection throws, and then the outcome is unknown. */
  status: "verified" | "partial";
  disputedLeft: Partial<Record<Dispute, number>>;
  stillWritten: ClassCounts | null;
  indexedLeft: number | null;
}

/** Walks that still found something. A writer that keeps up with so many is reported, not raced for ever. */
const MAX_BUSY_PASSES = 12;
const PAUSE_AFTER_BUSY_PASS_MS = 100;
/** The index follows the keyspace at once, but for what it is indexing at this moment. */
const INDEX_TRIES = 10;
const INDEX_PAUSE_MS = 200;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Keys left alone because they are in doubt, counted by reason. SCAN may return a key twice; names are kept for so many. */
class Disputed {
  readonly #names = new Set<string>();
  readonly counts: Partial<Record<Dispute, number>> = {};

  add(key: Buffer, reason: Dispute): void {
    const name = key.toString("latin1");
    if (this.#names.has(name)) return;
    if (this.#names.size < 100_000) this.#names.add(name);
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
  }
}

class Erasing {
  readonly #startedAt = performance.now();
  readonly #included: Set<string>;
  readonly progress: ErasureProgress = {
    phase: "erasing",
    erased: noCounts(),
    expiredMeanwhile: 0,
    passes: 0,
    emptyPasses: 0,
    keysPerSecond: 0,
  };
  /** Of the pass that runs. */
  found = noCounts();
  disputed = new Disputed();

  constructor(
    readonly store: Store,
    readonly consoleStore: Store,
    readonly input: EraseInput,
  ) {
    this.#included = new Set((input.includeDisputed ?? []).map((key) => key.toString("latin1")));
  }

  async pass(): Promise<void> {
    this.found = noCounts();
    this.disputed = new Disputed();
    const { userId, includeDisputed = [] } = this.input;
    for await (const { concerned } of walkPerson(this.store, userId)) await this.#batch(concerned);
    // Ticked keys that no walk for this person comes by.
    const elsewhere = includeDisputed.filter((key) => !liesUnder(userId, key));
    await this.#batch(await judgeNamed(this.store, userId, elsewhere));
    const entries = await eraseConsoleState(this.consoleStore, userId);
    this.found.console += entries;
    this.progress.erased.console += entries;
    this.progress.passes += 1;
    const empty = totalOf(this.found) === 0;
    this.progress.emptyPasses = empty ? this.progress.emptyPasses + 1 : 0;
    this.progress.phase = empty ? "verifying" : "erasing";
    await this.report();
  }

  async report(): Promise<void> {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    if (this.progress.phase === "erasing") {
      this.progress.keysPerSecond = Math.round(totalOf(this.progress.erased) / Math.max(seconds, 0.001));
    }
    await this.input.onProgress?.(structuredClone(this.progress));
  }

  async #batch(concerned: readonly ConcernedKey[]): Promise<void> {
    const names = new Set<string>();
    const targets = concerned.filter((key) => {
      const name = key.key.toString("latin1");
      if (names.has(name)) return false;
      names.add(name);
      if (key.concern === "owned" || this.#included.has(name)) return true;
      this.disputed.add(key.key, key.concern);
      return false;
    });
    if (targets.length === 0) return;
    const outcomes = await compareAndUnlink(this.store, targets);
    for (const [at, outcome] of outcomes.entries()) {
      const name = classOf(targets[at]!);
      if (outcome === "gone") this.progress.expiredMeanwhile += 1;
      else this.found[name] += 1;
      if (outcome === "erased") this.progress.erased[name] += 1;
    }
    await this.report();
  }
}

function classOf(key: ConcernedKey): ErasureClass {
  return key.concern === "owned" && key.claim.parsed ? key.claim.parsed.class : "disputed";
}

/**
 * Erase everything that is plainly this person's, and the disputed keys that were named. Doing it twice is doing it
 * once. Keys of other people and disputed keys that were not named are not touched.
 *
 * @throws whatever the connection throws. Keys may be gone by then: the caller calls the outcome unknown.
 */
export async function eraseUser(store: Store, consoleStore: Store, input: EraseInput): Promise<EraseResult> {
  const erasing = new Erasing(store, consoleStore, input);
  const { progress } = erasing;
  let busyPasses = 0;
  while (progress.emptyPasses < 2 && busyPasses < MAX_BUSY_PASSES) {
    await erasing.pass();
    if (progress.emptyPasses > 0) continue;
    busyPasses += 1;
    // The first pass is the erasure itself; a later one that finds something has a writer to wait for.
    if (busyPasses > 1) await sleep(PAUSE_AFTER_BUSY_PASS_MS);
  }
  const indexedLeft = await indexedAfter(erasing);
  const disputedLeft = erasing.disputed.counts;
  const stillWritten = progress.emptyPasses < 2 ? erasing.found : null;
  const clean = stillWritten === null && Object.keys(disputedLeft).length === 0 && !indexedLeft;
  return { ...progress, status: clean ? "verified" : "partial", disputedLeft, stillWritten, indexedLeft };
}

/** Asks the index until it finds nothing of this person, or only keys that stay because they are disputed. */
async function indexedAfter({ store, input, disputed }: Erasing): Promise<number | null> {
  let left: number | null = null;
  for (let attempt = 0; attempt < INDEX_TRIES; attempt += 1) {
    const keys = await indexedKeys(store, input.userId);
    if (keys === null) return null;
    for (const key of keys) {
      if (key.concern !== "owned") disputed.add(key.key, key.concern);
    }
    left = keys.length;
    if (keys.every(({ concern }) => concern !== "owned")) return left;
    await sleep(INDEX_PAUSE_MS);
  }
  return left;
}
