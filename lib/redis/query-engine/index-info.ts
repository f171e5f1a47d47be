/** FT indexes as they describe themselves. Read by search, the Index page and whoever asks why a memory is not found. */
import { displayBytes, isUtf8 } from "../../bytes";
import { SafeError } from "../../errors";
import { keyGrammar } from "../keys";
import { isError, toArray, toBuffer, toBuffers, toInt, toMap, toText } from "../reply";
import type { Reply, Store } from "../store";

export interface VectorAttributes {
  algorithm: string;
  /** FLOAT32, FLOAT64 … */
  dataType: string;
  dimensions: number;
  /** COSINE, L2 or IP. */
  metric: string;
}

export interface IndexField {
  /** Name in queries (the alias). */
  name: string;
  /** Field of the hash. */
  identifier: string;
  /** TAG, TEXT, NUMERIC, VECTOR, GEO … */
  type: string;
  /** CASESENSITIVE, SORTABLE, NOSTEM … */
  flags: string[];
  /** SEPARATOR, WEIGHT, M … with their values as text. */
  options: { name: string; value: string }[];
  vector: VectorAttributes | null;
  /** Values of this field that could not be indexed. */
  failures: number;
}

export interface IndexInfo {
  name: string;
  /** HASH or JSON. */
  keyType: string;
  /** Text to show; see lib/bytes. */
  prefixes: string[];
  /** FILTER expression, if it was created with one. */
  filter: string | null;
  fields: IndexField[];
  /** null: the engine's own list of 33 English words. */
  stopWords: string[] | null;
  /** Does it look at every key that begins with USER_KEY_PREFIX? */
  coversUsers: boolean;
  documents: number;
  /** 0 to 1. Below 1 results are incomplete. */
  percentIndexed: number;
  indexing: boolean;
  /** Keys left out of the index because a field did not fit. Counted since the index was made, repairs included. */
  failures: number;
  lastFailure: { key: Buffer; reason: string } | null;
  sizes: { totalBytes: number; vectorBytes: number; invertedBytes: number; otherBytes: number };
}

/** More indexes than this are not described. */
const MAX_INDEXES = 50;
const MEGABYTE = 1_048_576;

export interface IndexDirectory {
  indexes: IndexInfo[];
  /** By name or alias. */
  find: (name: string) => IndexInfo | undefined;
}

/**
 * Describe all indexes of the server. Two round trips.
 * @param alsoNamed names to look for besides: an alias resolves, though FT._LIST leaves it out
 * @throws SafeError `no_query_engine`.
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
  const listed = toBuffers(await store.command("FT._LIST"))
    .filter((name) => isUtf8(name))
    .map((name) => name.toString("utf8"));
  const names = [...new Set([...listed.sort().slice(0, MAX_INDEXES), ...alsoNamed])];
  const replies = await store.pipeline(names.map((name) => ["FT.INFO", name] as const));
  const byAskedName = new Map<string, IndexInfo>();
  for (const [at, name] of names.entries()) {
    const reply = replies[at];
    // Dropped meanwhile, or a configured name that is not there.
    if (reply !== undefined && !isError(reply)) byAskedName.set(name, parseIndexInfo(reply));
  }
  const byRealName = new Map([...byAskedName.values()].map((info) => [info.name, info]));
  return {
    indexes: [...byRealName.values()],
    find: (name) => byAskedName.get(name) ?? byRealName.get(name),
  };
}

/** All indexes of the server. @throws SafeError `no_query_engine`. */
export async function listIndexInfos(store: Store): Promise<IndexInfo[]> {
  return (await describeIndexes(store)).indexes;
}

/** One index by name or alias, null when there is none. */
export async function readIndexInfo(store: Store, name: string): Promise<IndexInfo | null> {
  const [reply] = await store.pipeline([["FT.INFO", name]]);
  return isError(reply) ? null : parseIndexInfo(reply ?? null);
}

/** An FT.INFO reply (RESP2) as {@link IndexInfo}. */
export function parseIndexInfo(reply: Reply): IndexInfo {
  const info = toMap(reply);
  const definition = toMap(info.get("index_definition") ?? []);
  const prefixes = toBuffers(definition.get("prefixes") ?? []);
  const failuresByField = new Map(toArray(info.get("field statistics") ?? []).map(fieldFailures));
  const fields = toArray(info.get("attributes") ?? []).map((attribute) => {
    const field = parseField(attribute);
    return { ...field, failures: failuresByField.get(field.name) ?? 0 };
  });
  const stopWords = info.get("stopwords_list");
  return {
    name: toText(info.get("index_name")),
    keyType: toText(definition.get("key_type") ?? "HASH"),
    prefixes: prefixes.map(displayBytes),
    filter: definition.has("filter") ? toText(definition.get("filter")) : null,
    fields,
    stopWords: stopWords === undefined ? null : toBuffers(stopWords).map(String).sort(),
    coversUsers: prefixes.some((prefix) => Buffer.from(keyGrammar().prefix).indexOf(prefix) === 0),
    documents: toInt(info.get("num_docs") ?? 0),
    percentIndexed: Math.min(1, toNumber(info.get("percent_indexed") ?? 1)),
    indexing: toInt(info.get("indexing") ?? 0) === 1,
    failures: toInt(info.get("hash_indexing_failures") ?? 0),
    lastFailure: lastFailure(info.get("Index Errors")),
    sizes: sizesOf(info),
  };
}

/** Engine counters may say `nan` or `-nan` before there is anything to divide. */
function toNumber(reply: Reply): number {
  const number = Number(toText(reply));
  return Number.isFinite(number) ? number : 0;
}

function lastFailure(reply: Reply | undefined): IndexInfo["lastFailure"] {
  if (reply === undefined) return null;
  const errors = toMap(reply);
  const reason = toText(errors.get("last indexing error") ?? "N/A");
  const key = toBuffer(errors.get("last indexing error key") ?? "N/A");
  return reason === "N/A" ? null : { key, reason: reason.slice(0, 300) };
}

function sizesOf(info: Map<string, Reply>): IndexInfo["sizes"] {
  const bytes = (name: string) => Math.round(toNumber(info.get(name) ?? 0) * MEGABYTE);
  const vectorBytes = bytes("vector_index_sz_mb");
  const invertedBytes = bytes("inverted_sz_mb");
  const otherBytes =
    bytes("offset_vectors_sz_mb") +
    bytes("doc_table_size_mb") +
    bytes("sortable_values_size_mb") +
    bytes("key_table_size_mb") +
    bytes("tag_overhead_sz_mb") +
    bytes("text_overhead_sz_mb");
  // The engine's own total leaves the vectors out (measured: 0.008 MB beside 0.247 MB of vectors).
  return { totalBytes: vectorBytes + invertedBytes + otherBytes, vectorBytes, invertedBytes, otherBytes };
}

function fieldFailures(reply: Reply): [name: string, failures: number] {
  const field = toMap(reply);
  const errors = toMap(field.get("Index Errors") ?? []);
  return [toText(field.get("attribute")), toInt(errors.get("indexing failures") ?? 0)];
}

const FLAGS = new Set([
  "SORTABLE",
  "UNF",
  "NOSTEM",
  "NOINDEX",
  "CASESENSITIVE",
  "WITHSUFFIXTRIE",
  "INDEXEMPTY",
  "INDEXMISSING",
]);

/** `identifier x attribute y type TAG SEPARATOR , CASESENSITIVE`: pairs, with bare words between them. */
function parseField(reply: Reply): Omit<IndexField, "failures"> {
  const words = toArray(reply).map((word) =>
    Array.isArray(word) ? word.map(toText).join(" ") : toText(word),
  );
  const flags: string[] = [];
  const pairs = new Map<string, string>();
  for (let at = 0; at < words.length; ) {
    const word = words[at]!;
    // The first six words are always three pairs; a field may itself be called SORTABLE.
    if (at >= 6 && FLAGS.has(word)) {
      flags.push(word);
      at += 1;
    } else {
      pairs.set(word, words[at + 1] ?? "");
      at += 2;
    }
  }
  const type = pairs.get("type") ?? "";
  const known = ["identifier", "attribute", "type", "algorithm", "data_type", "dim", "distance_metric"];
  return {
    name: pairs.get("attribute") ?? "",
    identifier: pairs.get("identifier") ?? "",
    type,
    flags,
    options: [...pairs].filter(([name]) => !known.includes(name)).map(([name, value]) => ({ name, value })),
    vector:
      type === "VECTOR"
        ? {
            algorithm: pairs.get("algorithm") ?? "",
            dataType: pairs.get("data_type") ?? "FLOAT32",
            dimensions: Number(pairs.get("dim") ?? 0),
            metric: pairs.get("distance_metric") ?? "COSINE",
          }
        : null,
  };
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
