/**
 * The writer of a process: whatever waits goes in one script call; between processes the script compares the head.
 *
 * An append is exactly-once although its answer may be lost: the batch's place and hash are remembered, and before
 * it is written again the stream is asked whether it is there. Once the head has moved on without it, the lost
 * script can never take effect any more, because it compares the head as well.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { SafeError } from "../../errors";
import { logDefect, logEvent } from "../../log";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import { runAppend } from "./append-script";
import { auditMacKey, GENESIS, isDraft, seal } from "./canonical";
import { writeEnd } from "./chain-end";
import type { AuditDraft, AuditEntry } from "./entry";
import { findLoss, findWritten, type Place } from "./found-again";
import { type Mirror, type MirrorState, openMirror } from "./mirror";
import { endOf, readChain, type StoredChain } from "./stored";
import { unavailable, unfit } from "./unavailable";

export interface WriterOptions {
  /** CONSOLE_SECRET */
  secret: string;
  /** AUDIT_MIRROR */
  mirror?: string;
}

/** Longest time for something that waits for its entry. */
const IMPATIENT_MS = 3_000;
/** For what has been done already. */
const PATIENT_MS = 60_000;
const BATCH = 200;

interface Item {
  draft: AuditDraft;
  isPatient: boolean;
  /** Given up after this, epoch ms. */
  until: number;
  /** Where it was sent to without an answer. */
  sent: Place[];
  settle: (outcome: { entry: AuditEntry; mirrorFailure: unknown } | { failure: SafeError }) => void;
}

export class ChainWriter {
  readonly #store: Store;
  readonly #macKey: Buffer;
  readonly #options: WriterOptions;
  #mirror: Mirror | null | undefined;
  #waiting: Item[] = [];
  #isRunning = false;
  #wake: () => void = () => {};
  /** Null: to be read. */
  #chain: StoredChain | null = null;
  /** The last entry that was acknowledged to this process. */
  #acknowledged: Place | null = null;
  #misses = 0;
  /** Where drafts may stand whose append was rejected all the same: tried again, they are looked for first. */
  readonly #rejected = new WeakMap<AuditDraft, Place[]>();

  constructor(store: Store, options: WriterOptions) {
    this.#store = store;
    this.#options = options;
    this.#macKey = auditMacKey(options.secret);
  }

  mirrorState(): MirrorState {
    if (this.#mirror) return { ...this.#mirror.state };
    const kind =
      this.#options.mirror === undefined ? "none" : this.#options.mirror === "stdout" ? "stdout" : "file";
    return { kind, lastSeq: null, problem: null };
  }

  async append(draft: AuditDraft): Promise<AuditEntry> {
    const outcome = await this.#enqueue(draft, false);
    if ("failure" in outcome) throw outcome.failure;
    if (outcome.mirrorFailure) throw outcome.mirrorFailure;
    return outcome.entry;
  }

  async appendEventually(draft: AuditDraft): Promise<void> {
    const outcome = await this.#enqueue(draft, true);
    const { action, requestId } = draft;
    if ("failure" in outcome) logEvent("audit_entry_lost", { action, requestId, outcome: draft.outcome });
    else if (outcome.mirrorFailure) logEvent("audit_mirror_behind", { action, requestId });
  }

  #enqueue(draft: AuditDraft, isPatient: boolean): Promise<Parameters<Item["settle"]>[0]> {
    if (!isDraft(draft)) {
      logDefect(new TypeError("not an audit entry"), String(draft.requestId));
      return Promise.resolve({ failure: unavailable("this is no entry.", "It is a defect of the console.") });
    }
    return new Promise((settle) => {
      const until = Date.now() + (isPatient ? PATIENT_MS : IMPATIENT_MS);
      this.#waiting.push({ draft, isPatient, until, sent: this.#rejected.get(draft) ?? [], settle });
      this.#wake();
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      const left = await this.#attempt(batch);
      this.#waiting.unshift(...left);
      this.#misses = left.length > 0 ? this.#misses + 1 : 0;
      if (left.length > 0) await this.#pause();
    }
    this.#isRunning = false;
  }

  /** Short and uneven, so that writers who met once do not meet again; new work ends it. */
  async #pause(): Promise<void> {
    const ms = Math.random() * Math.min(5 * 2 ** Math.min(this.#misses, 8), 1_000);
    const newWork = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await (this.#misses > 4 ? Promise.race([sleep(ms), newWork]) : sleep(ms));
    this.#wake = () => {};
  }

  /** @returns what is to be tried again */
  async #attempt(batch: Item[]): Promise<Item[]> {
    try {
      const isNew = batch.every(({ sent }) => sent.length === 0);
      const open = this.#chain && isNew ? batch : await this.#look(batch);
      return open.length > 0 ? await this.#write(open) : [];
    } catch (error) {
      this.#chain = null;
      return this.#keepWhatMayWait(batch, failureOf(error));
    }
  }

  /** Read the chain anew, and settle what an earlier, unanswered attempt has written after all. */
  async #look(batch: Item[]): Promise<Item[]> {
    const chain = await readChain(this.#store, this.#macKey);
    if (this.#mirror === undefined) this.#mirror = openMirror(this.#options.mirror, chain);
    const written = await findWritten(
      this.#store,
      batch.map(({ sent }) => sent),
    );
    const loss = await findLoss(this.#store, chain, this.#acknowledged);
    await this.#mirror?.check(this.#store, chain);
    this.#chain = chain;
    const found = batch.flatMap((item, at) => (written[at] ? [{ item, entry: written[at] }] : []));
    if (found.length > 0) await this.#acknowledge(found);
    const open = batch.filter((_, at) => !written[at]);
    return loss ? [this.#lossItem(loss), ...open] : open;
  }

  async #write(batch: Item[]): Promise<Item[]> {
    const chain = this.#chain!;
    const pairs = this.#seal(chain, batch);
    const entries = pairs.map(({ entry }) => entry);
    const head = entries.at(-1)!;
    const headText = writeEnd("head", head, this.#macKey);
    const answer = await runAppend(this.#store, chain, entries, headText).catch((error: unknown) => {
      if (storeError(error)?.code === "store_timeout") {
        for (const { item, entry } of pairs) item.sent.push({ seq: entry.seq, hash: entry.hash });
      }
      throw error;
    });
    if (answer.is === "unfit") throw unfit();
    if (answer.is === "moved") {
      this.#chain = null;
      if (answer.headText) endOf("head", answer.headText, this.#macKey);
      return this.#keepWhatMayWait(batch, unavailable("too many write at once.", "Try again."), true);
    }
    this.#chain = { ...chain, head, headText };
    await this.#acknowledge(pairs);
    return [];
  }

  #seal({ head }: StoredChain, batch: readonly Item[]): { item: Item; entry: AuditEntry }[] {
    let before = head ?? { seq: 0, hash: GENESIS, timeMs: 0 };
    return batch.map((item) => {
      const place = { seq: before.seq + 1, timeMs: Math.max(Date.now(), before.timeMs), prev: before.hash };
      const entry = seal(item.draft, place, this.#macKey);
      before = entry;
      return { item, entry };
    });
  }

  async #acknowledge(pairs: readonly { item: Item; entry: AuditEntry }[]): Promise<void> {
    const entries = pairs.map(({ entry }) => entry);
    const { seq, hash } = entries.at(-1)!;
    this.#acknowledged = { seq, hash };
    let mirrorFailure: unknown = null;
    await this.#mirror?.follow(this.#store, this.#chain!, entries).catch((error: unknown) => {
      mirrorFailure = error;
    });
    for (const { item, entry } of pairs) {
      if (mirrorFailure) this.#rejected.set(item.draft, [{ seq: entry.seq, hash: entry.hash }]);
      item.settle({ entry, mirrorFailure });
    }
  }

  /** Entries that were acknowledged are gone: Redis lost them, and the chain itself says so. */
  #lossItem(reason: string): Item {
    logEvent("audit_entries_lost", { seq: this.#acknowledged?.seq ?? 0 });
    this.#acknowledged = null;
    const nobody = { operator: "console", role: "none", subject: null, ticket: null, code: null };
    const said = { action: "audit.lost", outcome: "unknown", counts: {}, reason, requestId: "" } as const;
    return {
      draft: { ...nobody, ...said },
      isPatient: true,
      until: Date.now() + PATIENT_MS,
      sent: [],
      settle: () => {},
    };
  }

  #keepWhatMayWait(batch: readonly Item[], failure: SafeError, isTurn = false): Item[] {
    const now = Date.now();
    return batch.filter((item) => {
      if (now < item.until && (isTurn || item.isPatient || item.sent.length > 0)) return true;
      if (item.sent.length > 0) this.#rejected.set(item.draft, item.sent);
      item.settle({ failure });
      return false;
    });
  }
}

function failureOf(error: unknown): SafeError {
  const safe = storeError(error);
  if (!safe) logDefect(error, "");
  if (safe?.code === "audit_unavailable") return safe;
  const why = safe?.message ?? "Something went wrong in the console itself.";
  return unavailable(why, safe?.details.hint ?? "The console's log has more.");
}
