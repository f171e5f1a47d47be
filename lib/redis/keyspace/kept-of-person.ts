/**
 * Things known of all keys of one person, kept while Redis tells of every change (changes.ts): read whole once, then only
 * what changed is read again. So neither a page nor a change of one key costs a walk over the store.
 */
import { perOwner } from "../../per-process";
import type { Store } from "../store/store";
import { changesOf, type Notice } from "./changes";
import { possibleOwners } from "./changes-names";

/** More keys than this changed at once: everything is read again. */
const MAX_PATCHED = 2_000;

const ABOUT_NO_KEY: readonly Notice["kind"][] = ["logged", "surveyed", "limits"];

/** A key, or an id, as a name in a Map: one character a byte. */
export const nameOf = (key: Buffer): string => key.toString("latin1");

export abstract class KeptOfPerson {
  readonly #changed = new Map<string, Buffer>();
  #untilMs = 0;
  #busy: Promise<void> | undefined;

  constructor(
    readonly store: Store,
    readonly userId: Buffer,
  ) {}

  /** How much of the shelf it takes. */
  abstract get size(): number;
  /** All of it. What was known stays whole until the new is: others look at it meanwhile. */
  protected abstract read(): Promise<void>;
  /** Of these keys only: they changed, appeared, or are gone. */
  protected abstract patch(keys: Buffer[]): Promise<void>;
  /** How long a reading that took `tookMs` may be believed where Redis does not tell of changes. */
  protected abstract untoldMs(tookMs: number): number;
  /** Called after each reading, a failed one too. */
  protected renewed(): void {}
  /** Keys that may have changed by the passing of time alone. */
  protected due(): Iterable<Buffer> {
    return [];
  }

  /** This key changed, or may have. */
  touch(key: Buffer): void {
    this.#changed.set(nameOf(key), Buffer.from(key));
  }

  /** Anything may be different. */
  forget(): void {
    this.#untilMs = 0;
  }

  /** Itself, as true as Redis told by now. Whoever asks while it is read waits for that reading. */
  async current(): Promise<this> {
    for (const key of this.due()) touchKeys(this.store, this.userId, key);
    for (let looked = false; ; looked = true) {
      // Where nobody tells of changes, the reading that was waited for is as good as any.
      const old = this.#untilMs <= Date.now() && (!looked || changesOf(this.store).live);
      if (this.#busy) await this.#busy;
      else if (old || this.#changed.size > MAX_PATCHED) await this.#do(() => this.#read());
      else if (this.#changed.size > 0) await this.#do(() => this.#patch());
      else return this;
    }
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.#busy = work()
      .catch((error: unknown) => {
        this.#untilMs = 0;
        throw error;
      })
      .finally(() => {
        this.#busy = undefined;
        this.renewed();
      });
    await this.#busy;
  }

  async #read(): Promise<void> {
    const begunAtMs = Date.now();
    this.#changed.clear();
    // Forgotten while it is read, it is read once more by whoever asks next.
    this.#untilMs = Number.POSITIVE_INFINITY;
    await this.read();
    if (changesOf(this.store).live) return;
    const nowMs = Date.now();
    this.#untilMs = Math.min(this.#untilMs, nowMs + this.untoldMs(nowMs - begunAtMs));
  }

  async #patch(): Promise<void> {
    const keys = [...this.#changed.values()];
    this.#changed.clear();
    await this.patch(keys);
  }
}

/** What is kept of those people who were looked at lately; who was looked at longest ago goes first. */
export class Shelf<Kept extends KeptOfPerson> {
  readonly #kept = new Map<string, Kept>();

  /** @param room for the sum of sizes; the one that was opened last stays in any case */
  constructor(
    readonly store: Store,
    readonly make: (userId: Buffer) => Kept,
    readonly room: number,
  ) {
    shelvesOf(store).add(this);
    changesOf(store).onNotice((notice) => this.#take(notice));
  }

  async open(userId: Buffer): Promise<Kept> {
    const name = nameOf(userId);
    const kept = this.#kept.get(name) ?? this.make(Buffer.from(userId));
    // A Map keeps insertion order: taken out and put back, the oldest use stays first.
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    await kept.current();
    this.#makeRoom(kept);
    return kept;
  }

  of(userId: Buffer): Kept | undefined {
    return this.#kept.get(nameOf(userId));
  }

  forget(): void {
    for (const kept of this.#kept.values()) kept.forget();
  }

  #makeRoom(opened: Kept): void {
    let taken = 0;
    for (const [name, kept] of [...this.#kept].reverse()) {
      taken += kept.size;
      if (taken > this.room && kept !== opened) this.#kept.delete(name);
    }
  }

  #take(notice: Notice): void {
    if (this.#kept.size === 0 || ABOUT_NO_KEY.includes(notice.kind)) return;
    if (notice.kind === "named") {
      const { key } = notice;
      if (key) for (const owner of possibleOwners(key)) this.of(owner)?.touch(key);
      return;
    }
    // Of each of the many was told by its name.
    if (notice.kind === "everything" && notice.why === "many") return;
    this.forget();
  }
}

const shelvesOf = perOwner("shelves", (_: Store) => new Set<Shelf<KeptOfPerson>>());

/** Call after a write to these keys, done or in doubt: the next look sees it, before Redis tells of it. */
export function touchKeys(store: Store, userId: Buffer, ...keys: Buffer[]): void {
  for (const shelf of shelvesOf(store)) {
    const kept = shelf.of(userId);
    for (const key of keys) kept?.touch(key);
  }
}

/** Call after changes of nobody knows which keys of this person. */
export function forgetPerson(store: Store, userId: Buffer): void {
  for (const shelf of shelvesOf(store)) shelf.of(userId)?.forget();
}

/** Call before what must not rest on an old look: where Redis does not tell of changes, one is made now. */
export function lookAnew(store: Store, userId: Buffer): void {
  if (!changesOf(store).live) forgetPerson(store, userId);
}

/** Call when anything of anybody may have changed. */
export function forgetEverybody(store: Store): void {
  for (const shelf of shelvesOf(store)) shelf.forget();
}
