/**
 * What the indexes say is this person's. Never the way to enumerate an erasure: an index folds case, splits ids at
 * its separator and leaves out a document whose vector has a wrong length. But it knows keys that lie elsewhere.
 */
import { listIndexInfos, memoryFields } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { userClause } from "../query-engine/query-builder";
import { isError, toArray, toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import { type ConcernedKey, judgeNamed } from "./walk";

/** A page far from the first costs as much as all before it: 20,000 hits held other clients for 23 ms (measured). */
const PAGE = 500;
/** Hits looked at in one index. */
const MAX_HITS = 10_000;

export interface IndexedKeys {
  keys: ConcernedKey[];
  /** False when there were more hits than are looked at, or an index did not answer. */
  complete: boolean;
}

/**
 * Keys of which an index says they are this person's and whose raw `user_id` agrees.
 * @returns null when there is no Query Engine, no index with a `user_id`, no right to ask, or no query that could name
 *   this person (an id with control bytes)
 */
export async function indexedKeys(store: Store, userId: Buffer): Promise<IndexedKeys | null> {
  if ((await store.capabilities()).queryEngine === null) return null;
  const known = await listIndexInfos(store).catch((error: unknown) => {
    if (/^NOPERM/.test(refusalText(error))) return [];
    throw error;
  });
  const indexes = known.filter((index) => index.keyType === "HASH" && memoryFields(index).user);
  const asked = indexes.flatMap((index) => {
    const query = personQuery(userId, index);
    return query ? [{ index, query }] : [];
  });
  if (asked.length === 0) return null;
  const found = new Map<string, ConcernedKey>();
  let complete = asked.length === indexes.length;
  for (const { index, query } of asked) {
    for await (const names of searchKeys(store, index, query)) {
      complete &&= names !== null;
      for (const key of names ? await judgeNamed(store, userId, names) : []) {
        if (key.userIdField?.equals(userId)) found.set(key.key.toString("latin1"), key);
      }
    }
  }
  return { keys: [...found.values()], complete };
}

/** Hits page by page; null in place of a page that was not answered, or of those that are too far. */
async function* searchKeys(store: Store, index: IndexInfo, query: Buffer): AsyncGenerator<Buffer[] | null> {
  for (let offset = 0; offset < MAX_HITS; offset += PAGE) {
    const [reply] = await store.pipeline([
      ["FT.SEARCH", index.name, query, "NOCONTENT", "LIMIT", offset, PAGE, "DIALECT", 2],
    ]);
    // Dropped meanwhile, or a limit of the server's own.
    if (isError(reply)) break;
    const keys = toBuffers(toArray(reply).slice(1));
    if (keys.length > 0) yield keys;
    if (keys.length < PAGE) return;
  }
  yield null;
}

/** An id that holds the field's separator was indexed in pieces: all of them must be there. */
function personQuery(userId: Buffer, index: IndexInfo): Buffer | null {
  const separator = memoryFields(index).user?.options.find(({ name }) => name === "SEPARATOR")?.value ?? ",";
  const pieces = userId.toString("latin1").split(separator);
  const clauses = pieces.map((piece) => userClause(index, Buffer.from(piece, "latin1")));
  const terms = clauses.filter((clause) => clause !== null);
  return terms.length === 0 ? null : Buffer.from(terms.join(" "), "latin1");
}
