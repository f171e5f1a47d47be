/**
 * One person's keys behind one operation, so that a catalogue can take the scan's place without touching a page.
 *
 * The walk is O(keys on the server). So that a page which is watched does not walk all the time, one walk is
 * shared by everyone who asks at once, and its answer is kept for twenty times as long as it took: 0.2 s on a
 * store of thousands, half a minute on a million keys. `scannedAtMs` says how old it is.
 */
import { perOwner } from "../../per-process";
import {
  concerns,
  type DisputeReason,
  everyUserPattern,
  keyGrammar,
  type ParsedKey,
  userPatterns,
} from "../keys";
import type { Store } from "../store/store";
import { claimKeys } from "./claims";
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
  /** Epoch ms of the walk's start. */
  scannedAtMs: number;
  /** False when the person has more than {@link MAX_USER_KEYS} keys: then counts are "at least". */
  complete: boolean;
}

/** A list longer than this is not held in memory; erasure walks without it. */
export const MAX_USER_KEYS = 50_000;
const KEEP_FACTOR = 20;
const KEEP_MAX_MS = 60_000;

interface Kept {
  walk: Promise<UserKeys>;
  /** Infinity while the walk runs. */
  staleAtMs: number;
}

// Forgetting in a page must be seen by a route handler.
const keptOf = perOwner("user-keys", (_: Store) => new Map<string, Kept>());

export async function listUserKeys(store: Store, userId: Buffer): Promise<UserKeys> {
  const ofStore = keptOf(store);
  const name = userId.toString("latin1");
  const known = ofStore.get(name);
  if (known && known.staleAtMs > Date.now()) return known.walk;

  const startedAt = Date.now();
  const entry: Kept = { walk: walkUserKeys(store, userId, startedAt), staleAtMs: Number.POSITIVE_INFINITY };
  ofStore.set(name, entry);
  // Bounded: people looked at lately. A Map keeps insertion order.
  if (ofStore.size > 50) ofStore.delete(ofStore.keys().next().value as string);
  try {
    const keys = await entry.walk;
    entry.staleAtMs = Date.now() + Math.min((Date.now() - startedAt) * KEEP_FACTOR, KEEP_MAX_MS);
    return keys;
  } catch (error) {
    if (ofStore.get(name) === entry) ofStore.delete(name);
    throw error;
  }
}

/** Call after creating or deleting a key of this person, so that the next look sees it. */
export function forgetUserKeys(store: Store, userId: Buffer): void {
  keptOf(store).delete(userId.toString("latin1"));
}

/** Call when anything may have changed: FLUSHDB, or a time without knowledge of changes. */
export function forgetAllUserKeys(store: Store): void {
  keptOf(store).clear();
}

async function walkUserKeys(store: Store, userId: Buffer, scannedAtMs: number): Promise<UserKeys> {
  const grammar = keyGrammar();
  const keys: UserKey[] = [];
  const seen = new Set<string>();
  // The configured form only; the other form matters to erasure, which looks for both.
  const pattern = userPatterns(userId, grammar)[0] ?? everyUserPattern(grammar);
  for await (const batch of scanKeys(store, pattern)) {
    const fresh = batch.filter((key) => !seen.has(key.toString("latin1")));
    for (const key of fresh) seen.add(key.toString("latin1"));
    for (const { key, type, userIdField, claim } of await claimKeys(store, fresh)) {
      const concern = concerns(userId, claim, userIdField);
      if (concern === null) continue;
      keys.push({ key, type, parsed: claim.parsed, dispute: concern === "owned" ? null : concern });
    }
    if (keys.length > MAX_USER_KEYS) return { keys, scannedAtMs, complete: false };
  }
  return { keys, scannedAtMs, complete: true };
}
