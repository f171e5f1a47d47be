/** FT.INFO's nested lists of names and values, which differ a little from version to version. */
import { displayBytes } from "../../bytes";
import { keyGrammar } from "../keys";
import { toArray, toBuffer, toBuffers, toInt, toMap, toText } from "../store/reply";
import type { Reply } from "../store/wire";
import type { IndexFailure, IndexField, IndexInfo } from "./index-types";

const MEGABYTE = 1_048_576;
/** After deletions key_table_size_mb has gone below zero and come out as 2^64 bytes (Query Engine 2.10.5, measured). */
const WRAPPED_BYTES = 2 ** 62;

/** An FT.INFO reply (RESP2) as {@link IndexInfo}. */
export function parseIndexInfo(reply: Reply): IndexInfo {
  const info = toMap(reply);
  const definition = toMap(info.get("index_definition") ?? []);
  const prefixes = toBuffers(definition.get("prefixes") ?? []);
  const failuresByField = new Map(toArray(info.get("field statistics") ?? []).map(fieldFailures));
  const fields = toArray(info.get("attributes") ?? []).map((attribute) => {
    const field = parseField(attribute);
    return { ...field, ...(failuresByField.get(field.name) ?? { failures: 0, lastFailure: null }) };
  });
  const stopWords = info.get("stopwords_list");
  return {
    name: toText(info.get("index_name")),
    keyType: toText(definition.get("key_type") ?? "HASH"),
    prefixes: prefixes.map(displayBytes),
    filter: definition.has("filter") ? toText(definition.get("filter")) : null,
    options: optionsOf(info, definition),
    fields,
    stopWords: stopWords === undefined ? null : toBuffers(stopWords).map(String).sort(),
    coverage: coverageOf(prefixes),
    coversUsers: coverageOf(prefixes) === "all",
    documents: toInt(info.get("num_docs") ?? 0),
    percentIndexed: Math.min(1, toNumber(info.get("percent_indexed") ?? 1)),
    indexing: toInt(info.get("indexing") ?? 0) === 1,
    failures: toInt(info.get("hash_indexing_failures") ?? 0),
    lastFailure: lastFailure(info.get("Index Errors")),
    sizes: sizesOf(info),
  };
}

/** A score of 1 is everybody's. */
function optionsOf(info: Map<string, Reply>, definition: Map<string, Reply>): string[] {
  const named = (word: string, name: string) => {
    const value = definition.get(name);
    return value === undefined || value === null ? [] : [word, toText(value)];
  };
  const score = named("SCORE", "default_score");
  return [
    ...named("LANGUAGE", "default_language"),
    ...named("LANGUAGE_FIELD", "language_field"),
    ...(Number(score[1] ?? 1) === 1 ? [] : score),
    ...named("SCORE_FIELD", "score_field"),
    ...toArray(info.get("index_options") ?? []).map(toText),
  ];
}

function coverageOf(prefixes: readonly Buffer[]): IndexInfo["coverage"] {
  const { prefix, hashTag } = keyGrammar();
  const own = Buffer.from(hashTag ? `${prefix}{` : prefix);
  if (prefixes.some((one) => own.indexOf(one) === 0)) return "all";
  return prefixes.some((one) => one.indexOf(own) === 0) ? "some" : "none";
}

/** Engine counters may say `nan` or `-nan` before there is anything to divide. */
function toNumber(reply: Reply): number {
  const number = Number(toText(reply));
  return Number.isFinite(number) ? number : 0;
}

function lastFailure(reply: Reply | undefined): IndexFailure | null {
  if (reply === undefined) return null;
  const errors = toMap(reply);
  const reason = toText(errors.get("last indexing error") ?? "N/A");
  const key = toBuffer(errors.get("last indexing error key") ?? "N/A");
  return reason === "N/A" ? null : { key, reason: reason.slice(0, 300) };
}

function sizesOf(info: Map<string, Reply>): IndexInfo["sizes"] {
  const bytes = (name: string) => {
    const size = Math.round(toNumber(info.get(name) ?? 0) * MEGABYTE);
    return size < WRAPPED_BYTES ? size : 0;
  };
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

type FieldFailures = Pick<IndexField, "failures" | "lastFailure">;

function fieldFailures(reply: Reply): [name: string, failures: FieldFailures] {
  const field = toMap(reply);
  const errors = field.get("Index Errors") ?? [];
  const failures = toInt(toMap(errors).get("indexing failures") ?? 0);
  return [toText(field.get("attribute")), { failures, lastFailure: lastFailure(errors) }];
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
function parseField(reply: Reply): Omit<IndexField, keyof FieldFailures> {
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
