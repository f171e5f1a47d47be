/**
 * What the indexes say is this person's. Never the way to enumerate an erasure: an index folds case, splits ids at
 * its separator and leaves out a document whose vector has a wrong length. But it knows keys that lie elsewhere.
 */
import { type IndexInfo, listIndexInfos, memoryFields } from "../query-engine/index-info";
import { userClause } from "../query-engine/query-builder";
import { isError, toArray, toBuffers } from "../reply";
import type { Store } from "../store";
import { refusalText } from "../store-errors";
import { type ConcernedKey, judgeNamed } from "./walk";

const PAGE = 1_000;
/** Hits looked at in one index. */
const MAX_HITS = 20_000;

/**
 * Keys of which an index says they are this person's and whose raw `user_id` agrees.
 * @returns null when there is no Query Engine, no index with a `user_id`, or no right to ask
 */
export async function indexedKeys(store: Store, userId: Buffer): Promise<ConcernedKey[] | null> {
  if ((await store.capabilities()).queryEngine === null) return null;
  const known = await listIndexInfos(store).catch((error: unknown) => {
    if (/^NOPERM/.test(refusalText(error))) return [];
    throw error;
  });
  const indexes = known.filter((index) => index.keyType === "HASH" && memoryFields(index).user);
  if (indexes.length === 0) return null;
  const found = new Map<string, ConcernedKey>();
  for (const index of indexes) {
    for await (const keys of searchKeys(store, userId, index)) {
      for (const key of await judgeNamed(store, userId, keys)) {
        if (key.userIdField?.equals(userId)) found.set(key.key.toString("latin1"), key);
      }
    }
  }
  return [...found.values()];
}

async function* searchKeys(store: Store, userId: Buffer, index: IndexInfo): AsyncGenerator<Buffer[]> {
  const query = personQuery(userId, index);
  if (query === null) return;
  for (let offset = 0; offset < MAX_HITS; offset += PAGE) {
    const [reply] = await store.pipeline([
      ["FT.SEARCH", index.name, query, "NOCONTENT", "LIMIT", offset, PAGE, "DIALECT", 2],
    ]);
    // Dropped meanwhile, or a limit of the server's own: the walk over the keyspace does not depend on it.
    if (isError(reply)) return;
    const keys = toBuffers(toArray(reply).slice(1));
    if (keys.length > 0) yield keys;
    if (keys.length < PAGE) return;
  }
}

/** An id that holds the field's separator was indexed in pieces: all of them must be there. */
function personQuery(userId: Buffer, index: IndexInfo): Buffer | null {
  const separator = memoryFields(index).user?.options.find(({ name }) => name === "SEPARATOR")?.value ?? ",";
  const pieces = userId.toString("latin1").split(separator);
  const clauses = pieces.map((piece) => userClause(index, Buffer.from(piece, "latin1")));
  const terms = clauses.filter((clause) => clause !== null);
  return terms.length === 0 ? null : Buffer.from(terms.join(" "), "latin1");
}
