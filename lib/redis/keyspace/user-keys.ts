/**
 * One person's keys behind one operation, so that a catalogue can take the walk's place without touching a page.
 *
 * The walk is O(keys on the server). It is made once for a person who is looked at, and from then on each key of theirs
 * that Redis tells of is looked at alone. Where Redis does not tell of changes, one walk is shared by everyone who
 * asks at once and kept for twenty times as long as it took: 0.2 s on a store of thousands, half a minute on a
 * million keys. `scannedAtMs` says how old it is.
 */
import { perOwner } from "../../per-process";
import {
  bareUserKey,
  concerns,
  type DisputeReason,
  everyUserPattern,
  keyGrammar,
  type ParsedKey,
  userPatterns,
} from "../keys";
import type { Store } from "../store/store";
import { changesOf } from "./changes";
import { claimKeys } from "./claims";
import { KeptOfPerson, nameOf, Shelf } from "./kept-of-person";
import { scanKeys } from "./scan";

export interface UserKey {
  key: Buffer;
  type: string;
  parsed: ParsedKey | null;
  /** null when the key is plainly this person's. */
  dispute: DisputeReason | null;
}

export interface UserKeys {
  keys: UserKey[];
  /** The same, by {@link nameOf}. */
  named: ReadonlyMap<string, UserKey>;
  /** Epoch ms: so it was then. */
  scannedAtMs: number;
  /** False when the person has more than {@link MAX_USER_KEYS} keys: then counts are "at least". */
  complete: boolean;
}

/** A list longer than this is not held in memory; erasure walks without it. */
export const MAX_USER_KEYS = 50_000;
/** Of all people together; see {@link Shelf}. */
const KEPT_KEYS = 100_000;
const KEEP_FACTOR = 20;
const KEEP_MAX_MS = 60_000;

class KeyList extends KeptOfPerson {
  #named = new Map<string, UserKey>();
  #listed: UserKey[] | undefined;
  #complete = true;
  #scannedAtMs = 0;

  get size(): number {
    return this.#named.size;
  }

  look(): UserKeys {
    this.#listed ??= [...this.#named.values()];
    // Told of every change, it is true now.
    const scannedAtMs = changesOf(this.store).live ? Date.now() : this.#scannedAtMs;
    return { keys: this.#listed, named: this.#named, scannedAtMs, complete: this.#complete };
  }

  protected async read(): Promise<void> {
    const grammar = keyGrammar();
    const scannedAtMs = Date.now();
    // The configured form only; the other form matters to erasure, which looks for both.
    const pattern = userPatterns(this.userId, grammar)[0] ?? everyUserPattern(grammar);
    const named = new Map<string, UserKey>();
    const seen = new Set<string>();
    for await (const batch of scanKeys(this.store, pattern)) {
      const fresh = batch.filter((key) => !seen.has(nameOf(key)));
      for (const key of fresh) seen.add(nameOf(key));
      for (const [name, key] of await this.#claimed(fresh)) named.set(name, key);
      if (named.size > MAX_USER_KEYS) break;
    }
    this.#named = named;
    this.#complete = named.size <= MAX_USER_KEYS;
    this.#scannedAtMs = scannedAtMs;
  }

  protected async patch(keys: Buffer[]): Promise<void> {
    const stem = Buffer.concat([bareUserKey(this.userId), Buffer.from(":")]);
    const claimed = await this.#claimed(keys.filter((key) => key.subarray(0, stem.length).equals(stem)));
    for (const name of keys.map(nameOf)) {
      const key = claimed.get(name);
      if (!key) this.#named.delete(name);
      else if (this.#named.has(name) || this.#named.size < MAX_USER_KEYS) this.#named.set(name, key);
      else this.#complete = false;
    }
  }

  /** Those that concern this person. */
  async #claimed(keys: Buffer[]): Promise<Map<string, UserKey>> {
    const theirs = new Map<string, UserKey>();
    for (const { key, type, userIdField, claim } of await claimKeys(this.store, keys)) {
      const concern = concerns(this.userId, claim, userIdField);
      if (concern === null) continue;
      const dispute = concern === "owned" ? null : concern;
      theirs.set(nameOf(key), { key, type, parsed: claim.parsed, dispute });
    }
    return theirs;
  }

  protected override renewed(): void {
    this.#listed = undefined;
  }

  protected untoldMs(tookMs: number): number {
    return Math.min(tookMs * KEEP_FACTOR, KEEP_MAX_MS);
  }
}

const shelfOf = perOwner(
  "user-keys",
  (store: Store) => new Shelf(store, (userId) => new KeyList(store, userId), KEPT_KEYS),
);

/** Not to be changed by who asks: everybody gets the same list. */
export async function listUserKeys(store: Store, userId: Buffer): Promise<UserKeys> {
  return (await shelfOf(store).open(userId)).look();
}
