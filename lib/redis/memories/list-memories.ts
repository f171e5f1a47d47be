/** The memories of one person: filtered, sorted, a page at a time. */
import { displayBytes } from "../../bytes";
import { approximateSize } from "../keyspace/approximate-size";
import { listUserKeys } from "../keyspace/user-keys";
import { isError, toBufferOrNull } from "../reply";
import type { Command, Store } from "../store";
import { longContent, readContent } from "./fields";
import { type MemoryFacts, readFacts } from "./memory-facts";
import { MAX_LISTED, type MemorySort, PAGE_SIZE } from "./rules";
import type { IndexedState, MemoryList, MemorySummary } from "./types";
import { indexedState, keysInIndex, readUsedIndex, type UsedIndex } from "./used-index";

export interface ListFilters {
  userId: Buffer;
  /** As shown by displayBytes. */
  category?: string;
  minImportance?: number;
  maxImportance?: number;
  /** Epoch ms: first moment of the first and of the last day. */
  since?: number;
  until?: number;
  /** Anywhere in the content, upper and lower case alike. */
  text?: string;
  notIndexed?: boolean;
  sort: MemorySort;
  /** How many to skip. */
  cursor?: number;
  limit?: number;
}

/** A memory with a longer content is named in the list and shown only when opened. */
const LISTED_CONTENT_BYTES = 256 * 1024;
/** Longer contents are not searched: a filter must not move a gigabyte. */
const SEARCHED_CONTENT_BYTES = 64 * 1024;
const SEARCH_BATCH_BYTES = 4 * 1024 * 1024;
const DAY_MS = 86_400_000;

interface Judged {
  facts: MemoryFacts;
  indexed: IndexedState;
}

/**
 * Reads the small fields of all memories of the person (at most 5,000), and contents only of what is searched or
 * shown. Nothing is left out for being wrong: a missing field, an importance of 99 or a vector of odd length is
 * shown with its problem.
 */
export async function listMemories(
  store: Store,
  consoleStore: Store,
  filters: ListFilters,
): Promise<MemoryList> {
  const [walk, index] = await Promise.all([
    listUserKeys(store, filters.userId),
    readUsedIndex(store, consoleStore),
  ]);
  const keys = walk.keys.filter(({ parsed, dispute }) => parsed?.class === "memories" && dispute === null);
  const disputed = walk.keys.filter(
    ({ parsed, dispute }) => parsed?.class === "memories" && dispute !== null,
  );
  const read = keys.slice(0, MAX_LISTED).map(({ key }) => key);
  const [all, held] = await Promise.all([readFacts(store, read), keysInIndex(store, index, read)]);
  const judged = all.map((facts) => ({ facts, indexed: indexedState(facts, index, held) }));

  const passing = judged.filter((memory) => passes(memory, filters));
  const { found, unsearched } = await containing(store, passing, filters.text);
  found.sort((a, b) => compare(filters.sort, a.facts, b.facts));

  const limit = filters.limit ?? PAGE_SIZE;
  const offset = Math.min(filters.cursor ?? 0, Math.max(0, Math.ceil(found.length / limit) - 1) * limit);
  const page = found.slice(offset, offset + limit);
  return {
    items: await summarize(store, page),
    total: judged.length,
    matching: found.length,
    offset,
    nextCursor: offset + limit < found.length ? String(offset + limit) : null,
    previousCursor: offset > 0 ? String(Math.max(0, offset - limit)) : null,
    categories: countCategories(all),
    notIndexed: judged.filter(({ indexed }) => indexed.state === "no").length,
    disputed: disputed.length,
    complete: walk.complete && keys.length <= MAX_LISTED,
    unsearched,
    index: indexDto(index),
    readAtMs: Date.now(),
    scannedAtMs: walk.scannedAtMs,
  };
}

export function indexDto({ state, name, dimensions, dataType }: UsedIndex) {
  return { state, name, dimensions, dataType };
}

function passes({ facts, indexed }: Judged, filters: ListFilters): boolean {
  const { category, minImportance, maxImportance, since, until, notIndexed } = filters;
  const importance = facts.importance.value;
  const at = facts.timestamp.ms;
  if (category !== undefined && displayBytes(facts.category) !== category) return false;
  if (minImportance !== undefined && (importance === null || importance < minImportance)) return false;
  if (maxImportance !== undefined && (importance === null || importance > maxImportance)) return false;
  if (since !== undefined && (at === null || at < since)) return false;
  if (until !== undefined && (at === null || at >= until + DAY_MS)) return false;
  return !notIndexed || indexed.state === "no";
}

async function containing(store: Store, memories: Judged[], text: string | undefined) {
  if (text === undefined) return { found: memories, unsearched: 0 };
  const needle = text.toLowerCase();
  const searched = memories.filter(({ facts }) => facts.contentBytes <= SEARCHED_CONTENT_BYTES);
  const found: Judged[] = [];
  let batch: Judged[] = [];
  let bytes = 0;
  const search = async () => {
    const contents = await readContents(store, batch);
    found.push(...batch.filter((_, at) => contents[at]?.toString("utf8").toLowerCase().includes(needle)));
    batch = [];
    bytes = 0;
  };
  for (const memory of searched) {
    batch.push(memory);
    bytes += memory.facts.contentBytes;
    if (bytes >= SEARCH_BATCH_BYTES || batch.length >= 1_000) await search();
  }
  await search();
  return { found, unsearched: memories.length - searched.length };
}

async function readContents(store: Store, memories: Judged[]): Promise<(Buffer | null)[]> {
  const replies = await store.pipeline(memories.map(({ facts }) => ["HGET", facts.key, "content"]));
  // A refused one (the key became another type meanwhile) is as good as gone.
  return replies.map((reply) => (isError(reply) ? null : toBufferOrNull(reply)));
}

async function summarize(store: Store, page: Judged[]): Promise<MemorySummary[]> {
  const commands = page.flatMap(({ facts }): Command[] => [
    facts.contentBytes > LISTED_CONTENT_BYTES
      ? ["HSTRLEN", facts.key, "content"]
      : ["HGET", facts.key, "content"],
    approximateSize(facts.key),
  ]);
  const replies = await store.pipeline(commands);
  return page.map(({ facts, indexed }, at) => {
    const content = replies[at * 2];
    const size = replies[at * 2 + 1];
    return {
      ...summaryOf(facts, indexed),
      ...(facts.contentBytes > LISTED_CONTENT_BYTES
        ? longContent(facts.contentBytes)
        : readContent(isError(content) ? null : toBufferOrNull(content))),
      sizeBytes: typeof size === "number" ? size : null,
    };
  });
}

/** Everything of a card that the small fields tell. */
export function summaryOf(facts: MemoryFacts, indexed: IndexedState) {
  return {
    ref: facts.ref,
    category: displayBytes(facts.category),
    number: displayBytes(facts.number),
    importance: facts.importance,
    timestampMs: facts.timestamp.ms,
    ...(facts.timestamp.problem ? { timestampProblem: facts.timestamp.problem } : {}),
    notes: facts.hasUserId ? [] : ["It has no user_id field: searches for this person skip it."],
    ttlMs: facts.ttlMs,
    embedding: {
      present: facts.embeddingBytes > 0,
      bytes: facts.embeddingBytes,
      dimensions:
        facts.embeddingBytes > 0 && facts.embeddingBytes % 4 === 0 ? facts.embeddingBytes / 4 : null,
      model: facts.model,
    },
    indexed,
  };
}

function countCategories(all: MemoryFacts[]): MemoryList["categories"] {
  const counts = new Map<string, number>();
  for (const { category } of all) {
    const name = displayBytes(category);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
}

/** What has no value comes last, whichever way the rest is sorted. */
function byNumber(a: number | null, b: number | null, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return (a - b) * direction;
}

function byName(a: MemoryFacts, b: MemoryFacts): number {
  const category = Buffer.compare(a.category, b.category);
  if (category !== 0) return category;
  // 010 after 009, and 1000 after 999.
  return a.number.length - b.number.length || Buffer.compare(a.number, b.number);
}

function compare(sort: MemorySort, a: MemoryFacts, b: MemoryFacts): number {
  const newest = byNumber(a.timestamp.ms, b.timestamp.ms, -1);
  const first = {
    importance: () => byNumber(a.importance.value, b.importance.value, -1) || newest,
    newest: () => newest,
    oldest: () => byNumber(a.timestamp.ms, b.timestamp.ms, 1),
    expiring: () => byNumber(a.ttlMs, b.ttlMs, 1),
    name: () => 0,
  }[sort]();
  return first || byName(a, b);
}
