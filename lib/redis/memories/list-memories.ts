/** The memories of one person: filtered, sorted, a page at a time. */
import { displayBytes } from "../../bytes";
import { approximateSize } from "../keyspace/approximate-size";
import { isError, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { longContent, readContent } from "./fields";
import { openBook } from "./memory-book";
import type { MemoryFacts } from "./memory-facts";
import { findMemories, type Judged, judgeAll, type MemoryFilter } from "./memory-filter";
import { sealMemory } from "./memory-ref";
import { type MemorySort, PAGE_SIZE } from "./rules";
import type { IndexedState, MemoryList, MemorySummary } from "./types";
import { readUsedIndex, type UsedIndex } from "./used-index";
import { judgeVectors, verdictClause } from "./vector-verdict";

export interface ListFilters extends MemoryFilter {
  userId: Buffer;
  sort: MemorySort;
  /** How many to skip. */
  cursor?: number;
  limit?: number;
}

/** A memory with a longer content is named in the list and shown only when opened. */
const LISTED_CONTENT_BYTES = 256 * 1024;

/**
 * A page of the person's memories, out of a book of their small fields (memory-book.ts); contents are read only of what
 * is searched or shown. Nothing is left out for being wrong: a missing field, an importance of 99 or a vector of odd
 * length is shown with its problem.
 */
export async function listMemories(
  store: Store,
  consoleStore: Store,
  { userId, sort, cursor = 0, limit = PAGE_SIZE, ...filter }: ListFilters,
): Promise<MemoryList> {
  const [book, index] = await Promise.all([openBook(store, userId), readUsedIndex(store, consoleStore)]);
  const judgement = await judgeAll(book, index, filter);
  const find = () => findMemories(book, judgement, filter, sort);
  const { found, unsearched } =
    index.state === "ready"
      ? await book.derive(
          JSON.stringify(["found", index.name, index.dimensions, index.metric, book.asked, filter, sort]),
          find,
        )
      : await find();

  const offset = Math.min(cursor, Math.max(0, Math.ceil(found.length / limit) - 1) * limit);
  const page = found.slice(offset, offset + limit);
  // What is shown is looked at, however many there are.
  await judgeVectors(
    store,
    page.map(({ facts }) => facts),
    index,
  );
  return {
    items: await summarize(
      store,
      page.map(({ facts }) => judgement.judge(facts)),
    ),
    total: judgement.all.length,
    matching: found.length,
    offset,
    nextCursor: offset + limit < found.length ? String(offset + limit) : null,
    previousCursor: offset > 0 ? String(Math.max(0, offset - limit)) : null,
    categories: judgement.categories,
    notIndexed: judgement.notIndexed,
    vectorsUnread: judgement.vectorsUnread,
    withLife: judgement.withLife,
    disputed: book.disputed.size,
    complete: book.complete,
    unsearched,
    index: indexDto(index),
    readAtMs: Date.now(),
    scannedAtMs: book.scannedAtMs,
  };
}

export function indexDto({ state, name, dimensions, dataType }: UsedIndex) {
  return { state, name, dimensions, dataType };
}

/** Cards of these memories: contents and sizes are read for them alone. */
export async function summarize(store: Store, page: readonly Judged[]): Promise<MemorySummary[]> {
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

const refs = new WeakMap<MemoryFacts, string>();

/** Sealing takes a third of a millisecond, and a page is asked for again with every change. */
function refOf(facts: MemoryFacts): string {
  const ref = refs.get(facts) ?? sealMemory(facts);
  refs.set(facts, ref);
  return ref;
}

/** Everything of a card that the small fields tell. */
export function summaryOf(facts: MemoryFacts, indexed: IndexedState) {
  const { embeddingBytes, endsAtMs } = facts;
  const problem = verdictClause(facts.verdict ?? null);
  const otherForm = facts.verdict?.form === "text" || facts.verdict?.form === "float64";
  const isFloat32 = embeddingBytes > 0 && embeddingBytes % 4 === 0 && !otherForm;
  return {
    ref: refOf(facts),
    category: facts.categoryName,
    number: displayBytes(facts.number),
    importance: facts.importance,
    timestampMs: facts.timestamp.ms,
    ...(facts.timestamp.problem ? { timestampProblem: facts.timestamp.problem } : {}),
    notes: facts.hasUserId ? [] : ["It has no user_id field: searches for this person skip it."],
    ttlMs: endsAtMs === null ? null : Math.max(0, endsAtMs - Date.now()),
    embedding: {
      present: embeddingBytes > 0,
      bytes: embeddingBytes,
      dimensions: isFloat32 ? embeddingBytes / 4 : null,
      model: facts.model,
      ...(problem ? { problem: `${problem}.` } : {}),
    },
    indexed,
  };
}
