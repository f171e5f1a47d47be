/** What a list knows of all memories of one person; so a page of twenty thousand is a page, and not twenty thousand reads. */
import { perOwner } from "../../per-process";
import { concerns } from "../keys";
import { claimKeys } from "../keyspace/claims";
import { KeptOfPerson, nameOf, Shelf } from "../keyspace/kept-of-person";
import { listUserKeys } from "../keyspace/user-keys";
import type { Store } from "../store/store";
import { type MemoryFacts, readFacts } from "./memory-facts";
import { MAX_LISTED } from "./rules";
import { keysInUsedIndex, type UsedIndex } from "./used-index";

/** Memories of all books together, about 1.3 kB each (measured); see {@link Shelf}. */
const KEPT_MEMORIES = 40_000;
/** Where Redis does not tell of changes, a reading of many is kept for a while, and one of few not at all. */
const MANY = 2_000;
const KEEP_FACTOR = 4;
/** An index may be made anew under its name, of which nothing tells. */
const HELD_MS = 10_000;
const KEPT_DERIVED = 8;

export class MemoryBook extends KeptOfPerson {
  /** By the key's latin1 name. */
  facts = new Map<string, MemoryFacts>();
  /** Keys that look like this person's memories and whose owner is in doubt. */
  disputed = new Set<string>();
  /** False when the person has more than is read here. */
  complete = true;
  scannedAtMs = 0;
  /** Another number when the index was asked anew. */
  asked = 0;
  #held: { name: string; keys: Set<string>; atMs: number } | undefined;
  /** Read again since the index was asked. */
  #unasked = new Map<string, true>();
  /** What was computed from the book as it is. */
  readonly #derived = new Map<string, Promise<unknown>>();

  constructor(
    store: Store,
    userId: Buffer,
    readonly maxListed = MAX_LISTED,
  ) {
    super(store, userId);
  }

  get size(): number {
    return this.facts.size;
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

  protected override renewed(): void {
    this.#derived.clear();
  }

  protected async read(): Promise<void> {
    const walk = await listUserKeys(this.store, this.userId);
    const memories = walk.keys.filter(({ parsed }) => parsed?.class === "memories");
    const theirs = memories.filter(({ dispute }) => dispute === null).map(({ key }) => key);
    const facts = await readFacts(this.store, theirs.slice(0, this.maxListed));
    this.#held = undefined;
    this.facts = new Map(facts.map((one) => [nameOf(one.key), one]));
    this.disputed = new Set(memories.filter(({ dispute }) => dispute !== null).map(({ key }) => nameOf(key)));
    this.complete = walk.complete && theirs.length <= this.maxListed;
    this.scannedAtMs = walk.scannedAtMs;
  }

  protected untoldMs(tookMs: number): number {
    return this.facts.size > MANY ? tookMs * KEEP_FACTOR : 0;
  }

  protected async patch(keys: Buffer[]): Promise<void> {
    const theirs: Buffer[] = [];
    const disputed: Buffer[] = [];
    for (const { key, claim, userIdField } of await claimKeys(this.store, keys)) {
      const concern = concerns(this.userId, claim, userIdField);
      if (concern === null || claim.parsed?.class !== "memories") continue;
      (concern === "owned" ? theirs : disputed).push(key);
    }
    const read = await readFacts(this.store, theirs);
    for (const name of keys.map(nameOf)) {
      this.#unasked.set(name, true);
      this.facts.delete(name);
      this.disputed.delete(name);
    }
    for (const key of disputed) this.disputed.add(nameOf(key));
    for (const facts of read) {
      if (this.facts.size < this.maxListed) this.facts.set(nameOf(facts.key), facts);
      else this.complete = false;
    }
  }
}

const shelfOf = perOwner(
  "memory-books",
  (store: Store) => new Shelf(store, (userId) => new MemoryBook(store, userId), KEPT_MEMORIES),
);

/** All memories of a person as they are now. */
export function openBook(store: Store, userId: Buffer): Promise<MemoryBook> {
  return shelfOf(store).open(userId);
}
