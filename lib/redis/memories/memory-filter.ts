/** Which memories of a person a list shows, and in which order. */
import { isError, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { MemoryBook } from "./memory-book";
import type { MemoryFacts } from "./memory-facts";
import type { MemorySort } from "./rules";
import type { IndexedState, MemoryList } from "./types";
import { indexedState, type UsedIndex } from "./used-index";
import { judgeVectors, unjudged } from "./vector-verdict";

export interface MemoryFilter {
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
  /** Those that end by themselves alone. */
  withLife?: boolean;
}

export interface Judged {
  facts: MemoryFacts;
  indexed: IndexedState;
}

export interface Judgement {
  all: Judged[];
  categories: MemoryList["categories"];
  notIndexed: number;
  vectorsUnread: number;
  withLife: number;
  /** One of them again, when more is known of it. */
  judge: (facts: MemoryFacts) => Judged;
}

export interface Found {
  found: Judged[];
  /** Too long to be searched for the text: neither found nor ruled out. */
  unsearched: number;
}

/** Longer contents are not searched: a filter must not move a gigabyte. */
const SEARCHED_CONTENT_BYTES = 64 * 1024;
const SEARCH_BATCH_BYTES = 4 * 1024 * 1024;
const DAY_MS = 86_400_000;

/**
 * So many embeddings are read to tell whether they can be found at all. Of 20,000 that took as long as all the rest of
 * the list (3 s, measured), so of more they are read where that is what was asked.
 */
export const JUDGED_UNASKED = 200;

/**
 * All memories of the book with what the index says of them, counted.
 * @param filter asks it for those that are not found by meaning? Then every embedding is read.
 */
export async function judgeAll(
  book: MemoryBook,
  index: UsedIndex,
  filter: Pick<MemoryFilter, "notIndexed"> = {},
): Promise<Judgement> {
  const held = await book.heldBy(index);
  const unread = unjudged([...book.facts.values()], index);
  const reads = filter.notIndexed === true || unread.length <= JUDGED_UNASKED;
  if (reads) await judgeVectors(book.store, unread, index);
  const left = reads ? 0 : unread.length;
  const name = JSON.stringify(["judged", index.name, index.dimensions, index.metric, book.asked, left]);
  const judge = async () => judged(book, index, held, left);
  // While an index is being built, what it holds moves without a word.
  return index.state === "ready" ? book.derive(name, judge) : judge();
}

function judged(
  book: MemoryBook,
  index: UsedIndex,
  held: Set<string> | null,
  vectorsUnread: number,
): Judgement {
  const judge = (facts: MemoryFacts) => ({ facts, indexed: indexedState(facts, index, held) });
  const all = [...book.facts.values()].map(judge);
  return {
    all,
    categories: countCategories(all),
    notIndexed: all.filter(isUnmeant).length,
    vectorsUnread,
    withLife: all.filter(({ facts }) => facts.endsAtMs !== null).length,
    judge,
  };
}

/** Search by meaning through the index does not find it. */
function isUnmeant({ indexed }: Judged): boolean {
  return indexed.state === "no" || indexed.state === "words";
}

/** Those that pass, in order. */
export async function findMemories(
  book: MemoryBook,
  judgement: Judgement,
  filter: MemoryFilter,
  sort: MemorySort,
): Promise<Found> {
  const passing = judgement.all.filter((memory) => passes(memory, filter));
  const { found, unsearched } = await containing(book.store, passing, filter.text);
  return { found: inOrder(found, sort), unsearched };
}

export function passes(memory: Judged, filter: MemoryFilter): boolean {
  const { facts } = memory;
  const { category, minImportance, maxImportance, since, until, notIndexed, withLife } = filter;
  const importance = facts.importance.value;
  const at = facts.timestamp.ms;
  if (category !== undefined && facts.categoryName !== category) return false;
  if (minImportance !== undefined && (importance === null || importance < minImportance)) return false;
  if (maxImportance !== undefined && (importance === null || importance > maxImportance)) return false;
  if (since !== undefined && (at === null || at < since)) return false;
  if (until !== undefined && (at === null || at >= until + DAY_MS)) return false;
  if (withLife && facts.endsAtMs === null) return false;
  return !notIndexed || isUnmeant(memory);
}

async function containing(store: Store, memories: Judged[], text: string | undefined): Promise<Found> {
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

export async function readContents(
  store: Store,
  memories: readonly { facts: MemoryFacts }[],
): Promise<(Buffer | null)[]> {
  const replies = await store.pipeline(memories.map(({ facts }) => ["HGET", facts.key, "content"]));
  // A refused one (the key became another type meanwhile) is as good as gone.
  return replies.map((reply) => (isError(reply) ? null : toBufferOrNull(reply)));
}

function countCategories(all: readonly Judged[]): MemoryList["categories"] {
  const counts = new Map<string, number>();
  for (const { facts } of all) counts.set(facts.categoryName, (counts.get(facts.categoryName) ?? 0) + 1);
  return [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
}

/** What has no value comes last, whichever way the rest is sorted. */
function byNumber(a: number | null, b: number | null, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return (a - b) * direction;
}

/** By category and number: the one order that no edit changes. */
export function byName(a: MemoryFacts, b: MemoryFacts): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

type Order = (a: MemoryFacts, b: MemoryFacts) => number;

const newest: Order = (a, b) => byNumber(a.timestamp.ms, b.timestamp.ms, -1);
const FIRST: Record<MemorySort, Order> = {
  importance: (a, b) => byNumber(a.importance.value, b.importance.value, -1) || newest(a, b),
  newest,
  oldest: (a, b) => byNumber(a.timestamp.ms, b.timestamp.ms, 1),
  expiring: (a, b) => byNumber(a.endsAtMs, b.endsAtMs, 1) || newest(a, b),
  name: () => 0,
};

/** Of two that are alike the name decides, and not which was read last. */
function inOrder(memories: readonly Judged[], sort: MemorySort): Judged[] {
  const first = FIRST[sort];
  return [...memories].sort((a, b) => first(a.facts, b.facts) || byName(a.facts, b.facts));
}
