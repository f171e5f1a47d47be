/** What Redis holds of one person, by class, before anything is erased. Changes nothing. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { approximateSize } from "../keyspace/approximate-size";
import { isError, toInt } from "../store/reply";
import type { Store } from "../store/store";
import { countConsoleState } from "./console-state";
import { keysOf, noCounts } from "./counts";
import { indexedKeys } from "./indexed-keys";
import { planDigest } from "./plan-digest";
import type { ClassCounts, ClassHolding, DisputedKey, ErasureClass, ErasurePreview, Twin } from "./schema";
import { type ConcernedKey, judgeWalked, liesUnder, walkNames } from "./walk";

/** Keys whose size and life are asked for; beyond that sums are "at least". 37,000 a second (measured). */
const MAX_WEIGHED = 20_000;
/** Keys that are counted. Their names are held in memory, because SCAN may return a key twice. */
const MAX_COUNTED = 100_000;
const MAX_SAMPLES = 5;
const MAX_DISPUTED = 500;
const MAX_TWINS = 50;
/** MEMORY USAGE and PTTL of this many keys a round trip. */
const WEIGH_BATCH = 500;

interface Weighed {
  key: ConcernedKey;
  foundBy: DisputedKey["foundBy"];
  sizeBytes: number | null;
  ttlMs: number | null;
}

class Collected {
  readonly seen = new Set<string>();
  readonly owned: Buffer[] = [];
  readonly holdings = new Map<ErasureClass, ClassHolding>();
  readonly disputed: DisputedKey[] = [];
  readonly twins = new Map<string, { id: Buffer; keys: number }>();
  disputedTotal = 0;
  weighed = 0;

  /** The first sight of a key? */
  fresh(key: Buffer): boolean {
    const name = key.toString("latin1");
    if (this.seen.has(name)) return false;
    this.seen.add(name);
    return true;
  }

  hold(name: ErasureClass): ClassHolding {
    const empty = { keys: 0, sizeBytes: null, withLife: 0, withoutLife: 0, withoutUserId: 0 };
    const holding = this.holdings.get(name) ?? { class: name, ...empty, samples: [] };
    this.holdings.set(name, holding);
    return holding;
  }
}

/**
 * @param consoleStore where the console keeps its own state
 * @returns counts and approximate bytes of every class, disputed keys apart, and who stays
 */
export async function previewErasure(
  store: Store,
  consoleStore: Store,
  { userId }: { userId: Buffer },
): Promise<ErasurePreview> {
  const checkedAtMs = Date.now();
  const all = new Collected();
  let complete = true;
  for await (const names of walkNames(store, userId)) {
    const { concerned, others } = await judgeWalked(store, userId, names);
    const fresh = concerned.filter(({ key }) => all.fresh(key));
    for (const { key, claim } of others) if (claim.owner && all.fresh(key)) countTwin(all, claim.owner);
    for (const weighed of await weigh(store, fresh, "name", all)) collect(all, userId, weighed);
    complete = all.seen.size < MAX_COUNTED;
    if (!complete) break;
  }
  const [indexed, consoleEntries] = await Promise.all([
    indexedKeys(store, userId),
    countConsoleState(consoleStore, userId),
  ]);
  const elsewhere = (indexed?.keys ?? []).filter(({ key }) => !liesUnder(userId, key) && all.fresh(key));
  for (const weighed of await weigh(store, elsewhere, "index", all)) collect(all, userId, weighed);
  if (consoleEntries > 0) all.hold("console").keys = consoleEntries;
  return {
    user: displayBytes(userId),
    checkedAtMs,
    tookMs: Date.now() - checkedAtMs,
    complete,
    weighedKeys: all.weighed,
    holdings: [...all.holdings.values()].sort((a, b) => order(a) - order(b)),
    keys: keysOf(countsOf([...all.holdings.values()])),
    sizeBytes: sumOf([...all.holdings.values()].map(({ sizeBytes }) => sizeBytes)),
    disputed: { total: all.disputedTotal, items: all.disputed },
    twins: twinsOf(all),
    indexedDocuments: indexed?.keys.length ?? null,
    indexedComplete: indexed?.complete ?? false,
    planDigest: planDigest(all.owned),
  };
}

/** The counts by class of a preview: the plan of an erasure. */
export function countsOf(holdings: readonly ClassHolding[]): ClassCounts {
  const counts = noCounts();
  for (const holding of holdings) counts[holding.class] += holding.keys;
  return counts;
}

function order({ class: name }: ClassHolding): number {
  return ["sessions", "rate-limits", "memories", "disputed", "console"].indexOf(name);
}

function sumOf(sizes: (number | null)[]): number | null {
  const known = sizes.filter((size) => size !== null);
  return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
}

async function weigh(
  store: Store,
  keys: readonly ConcernedKey[],
  foundBy: DisputedKey["foundBy"],
  all: Collected,
): Promise<Weighed[]> {
  const weighed: Weighed[] = [];
  for (let at = 0; at < keys.length; at += WEIGH_BATCH) {
    const batch = keys.slice(at, at + WEIGH_BATCH);
    if (all.weighed >= MAX_WEIGHED) {
      weighed.push(...batch.map((key) => ({ key, foundBy, sizeBytes: null, ttlMs: null })));
      continue;
    }
    const replies = await store.pipeline(
      batch.flatMap(({ key }) => [["PTTL", key] as const, approximateSize(key)]),
    );
    for (const [index, key] of batch.entries()) {
      const [life, size] = [replies[index * 2], replies[index * 2 + 1]];
      const ttlMs = isError(life) || toInt(life) < 0 ? null : toInt(life);
      // Refused to a least-privilege user, or nil for a key that just ended.
      const sizeBytes = isError(size) || size === null ? null : toInt(size);
      weighed.push({ key, foundBy, sizeBytes, ttlMs });
    }
    all.weighed += batch.length;
  }
  return weighed;
}

function collect(all: Collected, userId: Buffer, { key, foundBy, sizeBytes, ttlMs }: Weighed): void {
  const sample = { display: displayBytes(key.key), sizeBytes, ttlMs };
  if (key.concern !== "owned") {
    all.disputedTotal += 1;
    if (all.disputed.length >= MAX_DISPUTED) return;
    const { concern: reason, type } = key;
    const otherUser = otherOf(key, userId);
    all.disputed.push({ ...sample, keyRef: sealRef("key", key.key), type, reason, otherUser, foundBy });
    return;
  }
  if (!key.claim.parsed) return;
  all.owned.push(key.key);
  const holding = all.hold(key.claim.parsed.class);
  holding.keys += 1;
  if (sizeBytes !== null) holding.sizeBytes = (holding.sizeBytes ?? 0) + sizeBytes;
  if (ttlMs === null) holding.withoutLife += 1;
  else holding.withLife += 1;
  if (key.claim.parsed.class === "memories" && key.userIdField === null) holding.withoutUserId += 1;
  if (holding.samples.length < MAX_SAMPLES) holding.samples.push(sample);
}

function otherOf({ claim, userIdField }: ConcernedKey, userId: Buffer): string | null {
  const other = [claim.owner, userIdField].find((id) => id && !id.equals(userId));
  return other ? displayBytes(other) : null;
}

function countTwin(all: Collected, id: Buffer): void {
  const name = id.toString("latin1");
  const twin = all.twins.get(name) ?? { id, keys: 0 };
  twin.keys += 1;
  all.twins.set(name, twin);
}

function twinsOf(all: Collected): { total: number; items: Twin[] } {
  const items = [...all.twins.values()].slice(0, MAX_TWINS).map(({ id, keys }) => ({
    userRef: sealRef("user", id),
    display: displayBytes(id),
    keys,
  }));
  return { total: all.twins.size, items };
}
