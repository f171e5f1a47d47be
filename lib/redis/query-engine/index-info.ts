/** FT indexes as they describe themselves. Read by search, the Index page and whoever asks why a memory is not found. */

import { isUtf8 } from "../../bytes";
import { SafeError } from "../../errors";
import { isError, toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import type { IndexField, IndexInfo, VectorAttributes } from "./index-types";
import { recentInfos } from "./recent-info";

/** More indexes than this are not described. */
const MAX_INDEXES = 50;

export interface IndexDirectory {
  indexes: IndexInfo[];
  /** False when this Redis user may not list indexes: then only those asked for by name are here. */
  listed: boolean;
  /** By name or alias. */
  find: (name: string) => IndexInfo | undefined;
}

/**
 * Describe all indexes of the server. Two round trips.
 * @param alsoNamed names to look for besides: an alias resolves, though FT._LIST leaves it out, and a Redis user with
 *   no rights but FT.SEARCH and FT.INFO can ask for nothing else
 * @throws SafeError `no_query_engine`; NOPERM when neither the list nor any of the names may be read
 */
export async function describeIndexes(
  store: Store,
  alsoNamed: readonly string[] = [],
): Promise<IndexDirectory> {
  if ((await store.capabilities()).queryEngine === null) {
    throw new SafeError("no_query_engine", "This Redis has no Query Engine, so it has no indexes.", {
      hint: "Use Redis 8 with the Query Engine (the official image has it).",
    });
  }
  const [list] = await store.pipeline([["FT._LIST"]]);
  const refused = isError(list) ? list : null;
  if (refused && !/^NOPERM/.test(refused.message)) throw refused;
  const listed = refused ? [] : toBuffers(list).filter((name) => isUtf8(name));
  const sorted = listed.map((name) => name.toString("utf8")).sort();
  const names = [...new Set([...sorted.slice(0, MAX_INDEXES), ...alsoNamed])];
  const infos = await recentInfos(store, names);
  const byAskedName = new Map<string, IndexInfo>();
  for (const [at, name] of names.entries()) {
    const info = infos[at];
    // Dropped meanwhile, or a configured name that is not there.
    if (info !== undefined && !isError(info)) byAskedName.set(name, info);
  }
  // "There is none" would be a guess.
  if (refused && byAskedName.size === 0) throw refused;
  const byRealName = new Map([...byAskedName.values()].map((info) => [info.name, info]));
  return {
    indexes: [...byRealName.values()],
    listed: refused === null,
    find: (name) => byAskedName.get(name) ?? byRealName.get(name),
  };
}

/** All indexes of the server. @throws SafeError `no_query_engine`. */
export async function listIndexInfos(store: Store): Promise<IndexInfo[]> {
  return (await describeIndexes(store)).indexes;
}

/** One index by name or alias, null when there is none. */
export async function readIndexInfo(store: Store, name: string): Promise<IndexInfo | null> {
  const [info] = await recentInfos(store, [name]);
  return info === undefined || isError(info) ? null : info;
}

/** The fields a memory search needs, found by name and type; null where the index lacks one. */
export interface MemoryFields {
  user: IndexField | null;
  content: IndexField | null;
  importance: IndexField | null;
  timestamp: IndexField | null;
  category: IndexField | null;
  vector: (IndexField & { vector: VectorAttributes }) | null;
}

export function memoryFields(index: IndexInfo): MemoryFields {
  const find = (identifier: string, type: string) =>
    index.fields.find((field) => field.identifier === identifier && field.type === type) ?? null;
  const vectors = index.fields.filter(
    (field): field is IndexField & { vector: VectorAttributes } => field.vector !== null,
  );
  return {
    user: find("user_id", "TAG"),
    content: find("content", "TEXT"),
    importance: find("importance", "NUMERIC"),
    timestamp: find("timestamp", "NUMERIC"),
    category: find("category", "TAG"),
    vector: vectors.find((field) => field.identifier === "embedding") ?? vectors[0] ?? null,
  };
}
