/** The survey's measures for the keys of one person, true now. */
import { perOwner } from "../../per-process";
import type { KeyClass } from "../keys";
import type { Store } from "../store/store";
import { KeptOfPerson, nameOf, Shelf } from "./kept-of-person";
import { measureKeys } from "./survey-facts";
import { listUserKeys, type UserKey } from "./user-keys";

/** So many keys are measured for a page; the survey has the sums for whoever has more. */
export const MAX_MEASURED_KEYS = 5_000;
const CHUNK = 250;
/** Of all people together, some 300 bytes each. */
const KEPT_MEASURES = 50_000;

export interface MeasuredKey {
  key: Buffer;
  class: KeyClass;
  /** The key as listed, with what its name says. */
  listed: UserKey;
  /** As the survey's KeyFacts: null when Redis refuses it or the key went meanwhile. */
  sizeBytes: number | null;
  /** Epoch ms by the console's clock; null for a key without an end. */
  endsAtMs: number | null;
  lastActivityMs: number | null;
}

export interface MeasuredKeys {
  facts: MeasuredKey[];
  /** Keys that were found, measured or not. */
  total: number;
  /** False when some keys were not measured, or not even listed. */
  complete: boolean;
  scannedAtMs: number;
}

class Measures extends KeptOfPerson {
  #measured = new Map<string, MeasuredKey>();
  #firstEndMs = Number.POSITIVE_INFINITY;

  constructor(
    store: Store,
    readonly consoleStore: Store,
    userId: Buffer,
  ) {
    super(store, userId);
  }

  get size(): number {
    return this.#measured.size;
  }

  look(): MeasuredKey[] {
    return [...this.#measured.values()];
  }

  protected async read(): Promise<void> {
    const { keys } = await listUserKeys(this.store, this.userId);
    this.#measured = await this.#measure(keys.slice(0, MAX_MEASURED_KEYS));
  }

  protected async patch(keys: Buffer[]): Promise<void> {
    const { named } = await listUserKeys(this.store, this.userId);
    const measured = await this.#measure(
      keys.flatMap((key) => {
        const listed = named.get(nameOf(key));
        return listed ? [listed] : [];
      }),
    );
    for (const name of keys.map(nameOf)) {
      const found = measured.get(name);
      if (!found) this.#measured.delete(name);
      else if (this.#measured.has(name) || this.#measured.size < MAX_MEASURED_KEYS)
        this.#measured.set(name, found);
    }
  }

  async #measure(keys: readonly UserKey[]): Promise<Map<string, MeasuredKey>> {
    const measured = new Map<string, MeasuredKey>();
    for (let from = 0; from < keys.length; from += CHUNK) {
      const chunk = keys.slice(from, from + CHUNK).map((listed) => ({
        key: listed.key,
        type: listed.type,
        class: classOf(listed),
        owner: this.userId,
        dispute: listed.dispute,
        listed,
      }));
      const found = await measureKeys(this.store, this.consoleStore, chunk);
      const nowMs = Date.now();
      for (const [at, { key, sizeBytes, ttlMs, lastActivityMs }] of found.entries()) {
        const { listed, class: its } = chunk[at]!;
        const endsAtMs = ttlMs === null ? null : nowMs + ttlMs;
        measured.set(nameOf(key), { key, class: its, listed, sizeBytes, endsAtMs, lastActivityMs });
      }
    }
    return measured;
  }

  protected override renewed(): void {
    const ends = this.look().map(({ endsAtMs }) => endsAtMs ?? Number.POSITIVE_INFINITY);
    this.#firstEndMs = ends.reduce((first, end) => Math.min(first, end), Number.POSITIVE_INFINITY);
  }

  /** Redis tells of the end of a key when it takes it away, which may be long after nobody can read it any more. */
  protected override due(): Buffer[] {
    const nowMs = Date.now();
    if (this.#firstEndMs > nowMs) return [];
    return this.look().flatMap(({ key, endsAtMs }) => (endsAtMs !== null && endsAtMs <= nowMs ? [key] : []));
  }

  /** Nothing is kept where Redis does not tell of changes. */
  protected untoldMs(): number {
    return 0;
  }
}

const shelfOf = perOwner(
  "user-measures",
  (store: Store, consoleStore: Store) =>
    new Shelf(store, (userId) => new Measures(store, consoleStore, userId), KEPT_MEASURES),
);

/** Keys that end between the listing and the measuring have `sizeBytes` null. */
export async function measureUserKeys(
  store: Store,
  consoleStore: Store,
  userId: Buffer,
): Promise<MeasuredKeys> {
  const facts = (await shelfOf(store, consoleStore).open(userId)).look();
  const { keys, complete, scannedAtMs } = await listUserKeys(store, userId);
  return { facts, total: keys.length, complete: complete && facts.length === keys.length, scannedAtMs };
}

function classOf(listed: UserKey): KeyClass {
  return listed.dispute !== null || !listed.parsed ? "disputed" : listed.parsed.class;
}
