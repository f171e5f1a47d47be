/**
 * What a list knows of all memories of one person, kept while Redis tells of every change (keyspace/changes.ts): then
 * a page of twenty thousand is a page, and not twenty thousand reads. A key that changed is read again, alone.
 */
import { perOwner } from "../../per-process";
import { concerns } from "../keys";
import { type Changes, changesOf, type Notice } from "../keyspace/changes";
import { possibleOwners } from "../keyspace/changes-names";
import { claimKeys } from "../keyspace/claims";
import { listUserKeys } from "../keyspace/user-keys";
import type { Store } from "../store/store";
import { type MemoryFacts, readFacts } from "./memory-facts";
import { MAX_LISTED } from "./rules";
import { keysInUsedIndex, type UsedIndex } from "./used-index";

/** Memories of all books together, about 1.3 kB each (measured); the book that was opened longest ago goes first. */
const KEPT_MEMORIES = 40_000;
/** More keys than this changed at once: everything is read again. */
const MAX_PATCHED = 2_000;
/** Where Redis does not tell of changes, a reading of many is kept for a while, and one of few not at all. */
const MANY = 2_000;
const KEEP_FACTOR = 4;
/** An index may be made anew under its name, of which nothing tells. */
const HELD_MS = 10_000;
const KEPT_DERIVED = 8;

export class MemoryBook {
  /** By the key's latin1 name. */
  facts = new Map<string, MemoryFacts>();
  /** Keys that look like this person's memories and whose owner is in doubt. */
  disputed = new Set<string>();
  /** False when the person has more than is read here. */
  complete = true;
  scannedAtMs = 0;
  /** When it was last read, epoch ms. */
  readAtMs = 0;
  /** Another number when the index was asked anew. */
  asked = 0;
  readonly #dirty = new Map<string, Buffer>();
  #untilMs = 0;
  #busy: Promise<void> | undefined;
  #held: { name: string; keys: Set<string>; atMs: number } | undefined;
  /** Read again since the index was asked. */
  #unasked = new Map<string, true>();
  /** What was computed from the book as it is. */
  readonly #derived = new Map<string, Promise<unknown>>();

  constructor(
    readonly store: Store,
    readonly changes: Changes,
    readonly userId: Buffer,
    readonly maxListed = MAX_LISTED,
  ) {}

  /** This key changed, or may have. */
  touch(key: Buffer): void {
    this.#dirty.set(key.toString("latin1"), Buffer.from(key));
  }

  /** Anything may be different. */
  forget(): void {
    this.#untilMs = 0;
  }

  async current(): Promise<this> {
    for (let looked = false; ; looked = true) {
      // Where nobody tells of changes, the reading that was waited for is as good as any.
      const old = this.#untilMs <= Date.now() && (!looked || this.changes.live);
      if (this.#busy) await this.#busy;
      else if (old || this.#dirty.size > MAX_PATCHED) await this.#do(() => this.#read());
      else if (this.#dirty.size > 0) await this.#do(() => this.#patch());
      else return this;
    }
  }

  /** Computed once for each state of the book. The last few are kept. */
  derive<T>(name: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#derived.get(name);
    if (known) return known as Promise<T>;
    const made = compute();
    this.#derived.set(name, made);
    made.catch(() => this.#derived.delete(name));
    if (this.#derived.size > KEPT_DERIVED) this.#derived.delete(this.#derived.keys().next().value as string);
    return made;
  }

  /** Which of them the index holds; null when it cannot be asked. */
  async heldBy(index: UsedIndex): Promise<Set<string> | null> {
    const known = this.#held;
    const fresh = known !== undefined && known.atMs + HELD_MS > Date.now() && known.name === index.name;
    const asked = fresh && index.state === "ready" ? this.#unasked : this.facts;
    const names = [...asked.keys()].filter((name) => this.facts.has(name));
    if (asked === this.#unasked && names.length === 0) return known!.keys;
    this.#unasked = new Map();
    this.asked += 1;
    const found = await keysInUsedIndex(
      this.store,
      index,
      names.map((name) => this.facts.get(name)?.key ?? Buffer.from(name, "latin1")),
    );
    if (!found) {
      this.#held = undefined;
      return null;
    }
    if (asked === this.facts) this.#held = { name: index.name, keys: found, atMs: Date.now() };
    else for (const name of names) known!.keys[found.has(name) ? "add" : "delete"](name);
    return this.#held?.keys ?? found;
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.#busy = work().finally(() => {
      this.#busy = undefined;
      this.readAtMs = Date.now();
      this.#derived.clear();
    });
    await this.#busy;
  }

  async #read(): Promise<void> {
    const begunAtMs = Date.now();
    this.#dirty.clear();
    this.#held = undefined;
    // Forgotten while it is read, it is read once more by whoever asks next.
    this.#untilMs = Number.POSITIVE_INFINITY;
    try {
      const walk = await listUserKeys(this.store, this.userId);
      const memories = walk.keys.filter(({ parsed }) => parsed?.class === "memories");
      const theirs = memories.filter(({ dispute }) => dispute === null).map(({ key }) => key);
      this.disputed = new Set(
        memories.filter(({ dispute }) => dispute !== null).map(({ key }) => key.toString("latin1")),
      );
      this.facts = new Map(
        (await readFacts(this.store, theirs.slice(0, this.maxListed))).map((facts) => [
          facts.key.toString("latin1"),
          facts,
        ]),
      );
      this.complete = walk.complete && theirs.length <= this.maxListed;
      this.scannedAtMs = walk.scannedAtMs;
      if (!this.changes.live) this.#keepUntold(Date.now() - begunAtMs);
    } catch (error) {
      this.#untilMs = 0;
      throw error;
    }
  }

  #keepUntold(tookMs: number): void {
    const keepMs = this.facts.size > MANY ? tookMs * KEEP_FACTOR : 0;
    this.#untilMs = Math.min(this.#untilMs, Date.now() + keepMs);
  }

  async #patch(): Promise<void> {
    const keys = [...this.#dirty.values()];
    this.#dirty.clear();
    try {
      const claimed = await claimKeys(this.store, keys);
      const theirs: Buffer[] = [];
      for (const key of keys) this.#drop(key.toString("latin1"));
      for (const { key, claim, userIdField } of claimed) {
        const concern = concerns(this.userId, claim, userIdField);
        if (concern === null || claim.parsed?.class !== "memories") continue;
        if (concern === "owned") theirs.push(key);
        else this.disputed.add(key.toString("latin1"));
      }
      for (const facts of await readFacts(this.store, theirs)) {
        if (this.facts.size < this.maxListed) this.facts.set(facts.key.toString("latin1"), facts);
        else this.complete = false;
      }
    } catch (error) {
      this.#untilMs = 0;
      throw error;
    }
  }

  #drop(name: string): void {
    this.#unasked.set(name, true);
    this.facts.delete(name);
    this.disputed.delete(name);
  }
}

class Shelf {
  readonly #books = new Map<string, MemoryBook>();

  constructor(readonly store: Store) {
    changesOf(store).onNotice((notice) => this.#take(notice));
  }

  async open(userId: Buffer): Promise<MemoryBook> {
    const name = userId.toString("latin1");
    const book =
      this.#books.get(name) ?? new MemoryBook(this.store, changesOf(this.store), Buffer.from(userId));
    // A Map keeps insertion order: taken out and put back, the oldest use stays first.
    this.#books.delete(name);
    this.#books.set(name, book);
    await book.current();
    this.#makeRoom(book);
    return book;
  }

  touch(userId: Buffer, key: Buffer): void {
    this.#books.get(userId.toString("latin1"))?.touch(key);
  }

  #makeRoom(opened: MemoryBook): void {
    let kept = 0;
    for (const [name, book] of [...this.#books].reverse()) {
      kept += book.facts.size;
      if (kept > KEPT_MEMORIES && book !== opened) this.#books.delete(name);
    }
  }

  #take(notice: Notice): void {
    if (this.#books.size === 0 || notice.kind === "logged" || notice.kind === "surveyed") return;
    if (notice.kind === "named") {
      const { key } = notice;
      if (key) for (const owner of possibleOwners(key)) this.touch(owner, key);
      return;
    }
    // Of each of the many was told by its name.
    if (notice.kind === "everything" && notice.why === "many") return;
    for (const book of this.#books.values()) book.forget();
  }
}

const shelfOf = perOwner("memory-books", (store: Store) => new Shelf(store));

/** All memories of a person as they are now. */
export function openBook(store: Store, userId: Buffer): Promise<MemoryBook> {
  return shelfOf(store).open(userId);
}

/** Call after a write to this key: the next look sees it, before Redis tells of it. */
export function touchMemory(store: Store, userId: Buffer, key: Buffer): void {
  shelfOf(store).touch(userId, key);
}
