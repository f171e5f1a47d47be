/**
 * The only place with FT query strings. Everything in them is built from parts that were checked: field names of
 * the index, numbers, escaped tags, and words without punctuation. A query is held as latin1 text, one character
 * a byte, until it is whole.
 */
import { SafeError } from "../../errors";
import { escapeTag } from "../keys";
import { memoryFields } from "./index-info";
import type { IndexField, IndexInfo } from "./index-types";
import { caseVariants, isBeginning } from "./words";

export interface QueryFilters {
  userId?: Buffer | null;
  minImportance?: number | null;
  maxImportance?: number | null;
  /** Unix seconds. */
  since?: number | null;
  until?: number | null;
}

/** The engine cuts longer tags. */
const MAX_TAG_BYTES = 1_000;

/**
 * `@user_id:{…}` for one person.
 * @returns null when no query can name the person in this index: an id with a control byte, with the index's
 *   separator (it is stored in pieces), too long, or an index without a `user_id` tag. Scan by key instead.
 */
export function userClause(index: IndexInfo, userId: Buffer): string | null {
  const field = memoryFields(index).user;
  if (!field) return null;
  const separator = field.options.find(({ name }) => name === "SEPARATOR")?.value ?? ",";
  if (userId.length > MAX_TAG_BYTES || userId.includes(separator)) return null;
  const tag = escapeTag(userId);
  return tag === null ? null : `${fieldReference(field)}:{${tag.toString("latin1")}}`;
}

/**
 * The clauses of a filter, to be joined by AND.
 * @returns null when the person cannot be named; see {@link userClause}.
 * @throws SafeError `no_index` when the index lacks a field that a filter needs.
 */
export function filterClauses(index: IndexInfo, filters: QueryFilters): string[] | null {
  const fields = memoryFields(index);
  const clauses: string[] = [];
  if (filters.userId) {
    const user = userClause(index, filters.userId);
    if (user === null) return null;
    clauses.push(user);
  }
  const importance = range(filters.minImportance, filters.maxImportance);
  if (importance) clauses.push(`${fieldReference(needed(fields.importance, "importance"))}:${importance}`);
  const time = range(filters.since, filters.until);
  if (time) clauses.push(`${fieldReference(needed(fields.timestamp, "timestamp"))}:${time}`);
  return clauses;
}

/** As the tutorial asks: `(@user_id:{alice} @importance:[8 +inf]) => [KNN 5 @embedding $vec AS score]`. */
export function knnQuery(
  clauses: readonly string[],
  vectorField: IndexField,
  k: number,
  alias: string,
): Buffer {
  const filter = clauses.length === 0 ? "*" : `(${clauses.join(" ")})`;
  return latin1(`${filter} => [KNN ${whole(k)} ${fieldReference(vectorField)} $vec AS ${alias}]`);
}

/**
 * Any of the words, with the filter inside every member: `(filter word)|(filter word)`. An OR beside a filter
 * loses matches of unions of 20 or fewer at default settings (measured: the top 5 changed in 77 % of queries). A word
 * with letters beyond ASCII is asked for in each of its cases; see {@link caseVariants}.
 * @param beginningWeight what a longer word that begins with a word of four letters or more counts, against the word
 *   itself; 0 for not at all
 */
export function wordsQuery(
  clauses: readonly string[],
  textField: IndexField,
  words: readonly string[],
  beginningWeight = 0,
): Buffer {
  if (words.length === 0) throw new RangeError("a query of no words would find everything");
  const filter = clauses.map((clause) => `${clause} `).join("");
  const member = (word: string, mark = "") =>
    `(${filter}${fieldReference(textField)}:(${Buffer.from(word, "utf8").toString("latin1")}${mark}))`;
  const weight = bound(beginningWeight, "0");
  const members = words.flatMap((word) => {
    const whole = caseVariants(word).map((variant) => member(variant));
    // Of a beginning the engine folds the case itself.
    return beginningWeight > 0 && isBeginning(word)
      ? [...whole, `(${member(word, "*")} => {$weight: ${weight};})`]
      : whole;
  });
  return latin1(members.join("|"));
}

/** Every document that passes the filter. */
export function filterQuery(clauses: readonly string[]): Buffer {
  return clauses.length === 0 ? everyDocumentQuery() : latin1(clauses.join(" "));
}

/** Every document of the index. */
export function everyDocumentQuery(): Buffer {
  return latin1("*");
}

/** Every document that has a value in this numeric field. */
export function everyNumberQuery(field: IndexField): Buffer {
  return latin1(`${fieldReference(field)}:[-inf +inf]`);
}

function latin1(query: string): Buffer {
  return Buffer.from(query, "latin1");
}

/** `@name`, its punctuation escaped: an index's creator may have named a field anything. */
function fieldReference(field: IndexField): string {
  const name = Buffer.from(field.name, "utf8").toString("latin1");
  return `@${name.replace(/[\t !-/:-@[-^`{-~]/g, "\\$&")}`;
}

function range(min: number | null | undefined, max: number | null | undefined): string | null {
  if ((min ?? null) === null && (max ?? null) === null) return null;
  return `[${bound(min, "-inf")} ${bound(max, "+inf")}]`;
}

function bound(value: number | null | undefined, open: string): string {
  if (value === null || value === undefined) return open;
  if (!Number.isFinite(value)) throw new RangeError("a bound must be a finite number");
  return String(value);
}

function whole(k: number): number {
  if (!Number.isInteger(k) || k < 1) throw new RangeError("k must be a whole number from 1");
  return k;
}

function needed(field: IndexField | null, name: string): IndexField {
  if (field) return field;
  throw new SafeError("no_index", `The index has no numeric field “${name}”, so it cannot filter by it.`, {
    hint: "Leave this filter out, or adopt an index that has the field.",
  });
}
