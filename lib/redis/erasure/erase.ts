/** Erasing a person: walk and unlink until two walks in a row find nothing. */
import { parseKey, TYPE_OF_CLASS } from "../keys";
import type { Store } from "../store/store";
import { asJudged, compareAndUnlink, type Expected, type Unlinked } from "./compare-and-unlink";
import { eraseConsoleState } from "./console-state";
import { noCounts, totalOf } from "./counts";
import { indexedKeys } from "./indexed-keys";
import type { ClassCounts, Dispute, ErasureClass, ErasureProgress } from "./schema";
import { type ConcernedKey, judgeNamed, judgeWalked, liesUnder, walkNames } from "./walk";

export interface EraseInput {
  userId: Buffer;
  /** Names of disputed keys that a person ticked. They go only if they still concern this person. */
  includeDisputed?: readonly Buffer[];
  /** Called before every batch of keys goes; a throw keeps it and all that would follow. */
  beforeBatch?: () => Promise<void>;
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

/** Names kept to see that SCAN returned a key twice: memory is bounded, whatever a person has. */
const REMEMBERED = 100_000;
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
    if (this.#names.size < REMEMBERED) this.#names.add(name);
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
  }
}

class Erasing {
  readonly #startedAt = performance.now();
  readonly #included: Set<string>;
  /** Names erased in the pass that runs. */
  #erased = new Set<string>();
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
    this.#erased = new Set();
    const { userId, includeDisputed = [] } = this.input;
    for await (const names of walkNames(this.store, userId)) await this.#walked(names);
    // Ticked keys that no walk for this person comes by.
    const elsewhere = includeDisputed.filter((key) => !liesUnder(userId, key));
    await this.#judged(await judgeNamed(this.store, userId, elsewhere));
    await this.input.beforeBatch?.();
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

  /**
   * Names that speak of this person alone go at once if type and user_id agree, compared at the moment of deletion:
   * one command for 500 keys. All others, and those that did not agree, are judged one by one.
   */
  async #walked(names: readonly Buffer[]): Promise<void> {
    const { userId } = this.input;
    const unique = [...new Map(names.map((name) => [name.toString("latin1"), name])).values()];
    const plain: (Expected & { class: ErasureClass })[] = [];
    const doubtful: Buffer[] = [];
    for (const key of unique) {
      const parsed = parseKey(key);
      if (!parsed?.userId.equals(userId)) doubtful.push(key);
      else
        plain.push({ key, class: parsed.class, type: TYPE_OF_CLASS[parsed.class], userId: [userId, null] });
    }
    if (plain.length > 0) await this.input.beforeBatch?.();
    const outcomes = await compareAndUnlink(this.store, plain);
    for (const [at, outcome] of outcomes.entries()) {
      const { key, class: name } = plain[at]!;
      if (outcome === "changed") doubtful.push(key);
      else this.#count(key, name, outcome);
    }
    if (plain.length > 0) await this.report();
    await this.#judged((await judgeWalked(this.store, userId, doubtful)).concerned);
  }

  async #judged(concerned: readonly ConcernedKey[]): Promise<void> {
    const targets = concerned.filter(({ key, concern }) => {
      if (concern === "owned" || this.#included.has(key.toString("latin1"))) return true;
      this.disputed.add(key, concern);
      return false;
    });
    if (targets.length === 0) return;
    await this.input.beforeBatch?.();
    const outcomes = await compareAndUnlink(this.store, targets.map(asJudged));
    for (const [at, outcome] of outcomes.entries()) {
      this.#count(targets[at]!.key, classOf(targets[at]!), outcome);
    }
    await this.report();
  }

  #count(key: Buffer, name: ErasureClass, outcome: Unlinked): void {
    const text = key.toString("latin1");
    if (outcome === "gone") {
      // SCAN may return a key twice; the second time it is gone because it was erased.
      if (!this.#erased.has(text) && this.#erased.size < REMEMBERED) this.progress.expiredMeanwhile += 1;
      return;
    }
    // What changed in between was found, and is for the next pass to judge.
    this.found[name] += 1;
    if (outcome === "changed") return;
    this.progress.erased[name] += 1;
    if (this.#erased.size < REMEMBERED) this.#erased.add(text);
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
    const indexed = await indexedKeys(store, input.userId);
    if (indexed === null) return null;
    const { keys, complete } = indexed;
    for (const key of keys) if (key.concern !== "owned") disputed.add(key.key, key.concern);
    // "Nothing" is only said by an index that was asked to the end.
    left = keys.length > 0 || complete ? keys.length : null;
    if (complete && keys.every(({ concern }) => concern !== "owned")) return left;
    await sleep(INDEX_PAUSE_MS);
  }
  return left;
}
