/** The two FT.SEARCH commands of a search, and their answers as rows. */
import { clampDistance } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { knnQuery, wordsQuery } from "../query-engine/query-builder";
import { toArray, toBuffer, toBufferOrNull, toPairs, toText } from "../store/reply";
import type { Command, Reply } from "../store/wire";
import type { MemoryText } from "./candidate";

/** Asked for more rows than this, the texts stay behind: a thousand of 200 kB each would be 200 MB. */
const ROWS_WITH_CONTENT = 20;

export interface Row extends MemoryText {
  key: Buffer;
  /** Distance of a nearest-neighbour row, text score of a word row. */
  score: number;
}

/** The tutorial's form; `vectorAt` is where the binary argument stands. */
export function nearestCommand(
  index: IndexInfo,
  clauses: readonly string[],
  vector: Buffer,
  k: number,
): { command: Command; vectorAt: number } {
  const field = memoryFields(index).vector;
  if (!field) throw new RangeError("the index has no vector field");
  const alias = scoreAlias(index);
  const head: Command = [
    "FT.SEARCH",
    index.name,
    knnQuery(clauses, field, k, alias),
    "PARAMS",
    2,
    "vec",
    vector,
  ];
  const rest = [...returned(k, ["importance", alias, "timestamp"]), "SORTBY", alias, "ASC"];
  // LIMIT defaults to 10 even where K is 50.
  return { command: [...head, ...rest, "LIMIT", 0, k, "DIALECT", 2], vectorAt: head.length - 1 };
}

export function wordsCommand(
  index: IndexInfo,
  clauses: readonly string[],
  words: readonly string[],
  limit: number,
  beginningWeight: number,
): Command {
  const field = memoryFields(index).content;
  if (!field) throw new RangeError("the index has no text field");
  const query = wordsQuery(clauses, field, words, beginningWeight);
  const fields = returned(limit, ["importance", "timestamp"]);
  return [
    ...(["FT.SEARCH", index.name, query, "WITHSCORES", "SCORER", "BM25STD"] as const),
    ...fields,
    ...(["LIMIT", 0, limit, "DIALECT", 2] as const),
  ];
}

function returned(rows: number, small: string[]): (string | number)[] {
  const fields = rows <= ROWS_WITH_CONTENT ? ["content", ...small] : small;
  return ["RETURN", fields.length, ...fields];
}

/** Yielding a distance under the name of an indexed field is an error. */
function scoreAlias(index: IndexInfo): string {
  return index.fields.some(({ name }) => name === "score") ? "vector_distance" : "score";
}

/**
 * `[total, key, [field, value …], …]`. Asked for everyone, the engine brings vectors without a distance too, as nan, and
 * sorts the others wrongly around them (measured): sorted here, those last.
 */
export function nearestRows(reply: Reply, index: IndexInfo): Row[] {
  const flat = toArray(reply);
  const metric = memoryFields(index).vector?.vector.metric ?? "COSINE";
  const alias = scoreAlias(index);
  const rows: Row[] = [];
  for (let at = 1; at + 1 < flat.length; at += 2) {
    const fields = fieldsOf(flat[at + 1]!);
    const distance = Number(fields.get(alias)?.toString("latin1") ?? Number.NaN);
    rows.push({ key: toBuffer(flat[at]), score: clampDistance(metric, distance), ...textOf(fields) });
  }
  return rows.sort(
    (a, b) => Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score)) || a.score - b.score,
  );
}

/** `[total, key, score, [field, value …], …]` */
export function wordRows(reply: Reply): Row[] {
  const flat = toArray(reply);
  const rows: Row[] = [];
  for (let at = 1; at + 2 < flat.length; at += 3) {
    const fields = fieldsOf(flat[at + 2]!);
    rows.push({ key: toBuffer(flat[at]), score: Number(toText(flat[at + 1])), ...textOf(fields) });
  }
  return rows;
}

/** A document that expired between being found and being read has null in place of its fields. */
function fieldsOf(reply: Reply): Map<string, Buffer> {
  if (reply === null) return new Map();
  return new Map(
    toPairs(reply).flatMap(([name, value]) => {
      const bytes = toBufferOrNull(value);
      return bytes ? [[name.toString("latin1"), bytes] as const] : [];
    }),
  );
}

function textOf(fields: Map<string, Buffer>): MemoryText {
  return {
    content: fields.get("content") ?? null,
    importance: fields.get("importance") ?? null,
    timestamp: fields.get("timestamp") ?? null,
  };
}
