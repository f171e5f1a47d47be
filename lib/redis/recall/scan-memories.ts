/**
 * A search without the index: every memory of one person is read and compared here. Exact, and slower: it is the
 * way where there is no Query Engine, no index, or an id that no query can name.
 */
import { claimOf, type ParsedKey, userPatterns } from "../keys";
import { listUserKeys } from "../keyspace/user-keys";
import { redisCliText } from "../query-engine/command-text";
import { decodeVector, vectorDistance } from "../query-engine/distance";
import { isError, toArray, toBufferOrNull, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { type Candidate, toNumber } from "./candidate";
import { headOf } from "./contents";
import type { QueryVector } from "./query-vector";
import { MAX_SCANNED } from "./rules";
import type { SearchCommand, SearchNotice } from "./types";
import { type WordScores, wordScores } from "./word-scores";

export interface ScanQuestion {
  userId: Buffer;
  words: readonly string[];
  vector: QueryVector | null;
  /** Of the index, where there is one. */
  vectorField: { identifier: string; dataType: string; metric: string };
  k: number;
  category: Buffer | null;
  minImportance: number | null;
  maxImportance: number | null;
  since: number | null;
  until: number | null;
  maxDistance: number | null;
  beginningWeight: number;
}

export interface Scanned {
  candidates: Candidate[];
  disputedHits: number;
  notices: SearchNotice[];
  commands: SearchCommand[];
  searchMs: number;
  fetchMs: number;
}

/** Contents may be megabytes each: so many keys a round trip, or so many bytes. */
const BATCH = 100;
const BATCH_BYTES = 8 * 1024 * 1024;

export async function scanMemories(store: Store, question: ScanQuestion): Promise<Scanned> {
  const startedAt = performance.now();
  const all = (await listUserKeys(store, question.userId)).keys.filter(
    ({ parsed }) => parsed?.class === "memories",
  );
  const searchMs = performance.now() - startedAt;
  const own = all.filter(
    ({ dispute, parsed }) =>
      dispute === null &&
      (!question.category || (parsed?.class === "memories" && parsed.category.equals(question.category))),
  );
  const keys = own
    .map(({ key }) => key)
    .sort(Buffer.compare)
    .slice(0, MAX_SCANNED);
  const fetchedAt = performance.now();
  const read = await readMemories(store, keys, question);
  const fetchMs = performance.now() - fetchedAt;

  const notices: SearchNotice[] = [];
  if (own.length > MAX_SCANNED) notices.push({ kind: "scan-cut", scanned: MAX_SCANNED });
  if (read.otherLengths > 0) notices.push({ kind: "other-lengths", count: read.otherLengths });
  if (read.unmeasured > 0) notices.push({ kind: "unmeasured", count: read.unmeasured });
  const scan: Command = ["SCAN", 0, "MATCH", userPatterns(question.userId)[0]!, "COUNT", 1000];
  const commands: SearchCommand[] = [{ purpose: "scan", text: redisCliText(scan), times: 1, ms: searchMs }];
  const example = keys[0] ? redisCliText(fetchCommand(keys[0], question)) : null;
  if (example) commands.push({ purpose: "fetch", text: example, times: keys.length, ms: fetchMs });
  return {
    candidates: ranked(read.memories, read.scores, question),
    disputedHits: all.length - all.filter(({ dispute }) => dispute === null).length,
    notices,
    commands,
    searchMs,
    fetchMs,
  };
}

const fetchCommand = (key: Buffer, { vectorField }: ScanQuestion): Command => [
  "HMGET",
  key,
  "user_id",
  "content",
  "importance",
  "timestamp",
  vectorField.identifier,
];

async function readMemories(store: Store, keys: readonly Buffer[], question: ScanQuestion) {
  const memories: Candidate[] = [];
  const scores = wordScores(question.words, question.beginningWeight);
  let otherLengths = 0;
  let unmeasured = 0;
  for await (const batch of bySize(store, keys)) {
    const replies = await store.pipeline(batch.map((key) => fetchCommand(key, question)));
    for (const [index, key] of batch.entries()) {
      const reply = replies[index];
      if (reply === undefined || isError(reply)) continue;
      const fields = toArray(reply).map((field) => toBufferOrNull(field));
      const [userIdField = null, content = null, importance = null, timestamp = null, embedding = null] =
        fields;
      const claim = claimOf(key, "hash", userIdField);
      if (claim.dispute !== null || claim.parsed.class !== "memories") continue;
      if (!within(importance, question.minImportance, question.maxImportance)) continue;
      if (!within(timestamp, question.since, question.until)) continue;
      const distance = distanceTo(embedding, question);
      if (distance === null && question.vector?.values && embedding && embedding.length > 0) {
        if (embedding.length === question.vector.bytes.length) unmeasured += 1;
        else otherLengths += 1;
      }
      scores.add(memories.length, content);
      memories.push(candidate(claim.parsed, { content, importance, timestamp }, distance));
    }
  }
  return { memories, scores: scores.ranked(), otherLengths, unmeasured };
}

async function* bySize(store: Store, keys: readonly Buffer[]): AsyncGenerator<Buffer[]> {
  for (let at = 0; at < keys.length; at += BATCH) {
    const some = keys.slice(at, at + BATCH);
    const lengths = await store.pipeline(some.map((key) => ["HSTRLEN", key, "content"] as const));
    let batch: Buffer[] = [];
    let bytes = 0;
    for (const [index, key] of some.entries()) {
      const length = lengths[index];
      batch.push(key);
      // WRONGTYPE: it is no memory any more, and is found out when it is read.
      bytes += isError(length) ? 0 : toInt(length);
      if (bytes < BATCH_BYTES) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
    if (batch.length > 0) yield batch;
  }
}

function candidate(
  parsed: ParsedKey & { class: "memories" },
  text: Pick<Candidate, "content" | "importance" | "timestamp">,
  distance: number | null,
): Candidate {
  const { content } = text;
  const read = { ...text, content: headOf(content), contentBytes: content?.length ?? 0 };
  return { parsed, ...read, textRank: null, textScore: null, vectorRank: null, share: null, distance };
}

function within(field: Buffer | null, min: number | null, max: number | null): boolean {
  if (min === null && max === null) return true;
  const number = toNumber(field);
  return number !== null && (min === null || number >= min) && (max === null || number <= max);
}

function distanceTo(embedding: Buffer | null, { vector, vectorField }: ScanQuestion): number | null {
  if (!embedding || !vector?.values || embedding.length !== vector.bytes.length) return null;
  const stored = decodeVector(embedding, vectorField.dataType);
  const distance = stored ? vectorDistance(vectorField.metric, vector.values, stored) : Number.NaN;
  return Number.isFinite(distance) ? distance : null;
}

function ranked(
  memories: readonly Candidate[],
  scores: ReturnType<WordScores["ranked"]>,
  { k, maxDistance }: ScanQuestion,
): Candidate[] {
  const chosen = new Set<Candidate>();
  const near = memories
    .filter(({ distance }) => distance !== null && distance <= (maxDistance ?? Number.POSITIVE_INFINITY))
    .sort((a, b) => a.distance! - b.distance!);
  for (const [place, one] of near.slice(0, k).entries()) {
    one.vectorRank = place + 1;
    chosen.add(one);
  }
  for (const [place, { at, score }] of scores.slice(0, k).entries()) {
    const one = memories[at]!;
    one.textRank = place + 1;
    one.textScore = score;
    chosen.add(one);
  }
  return [...chosen];
}
