/** The fields of a memory's hash as written by strangers → what they say and what is wrong with them. */
import { displayBytes, isUtf8 } from "../../bytes";
import { timestampUnit } from "../../timestamp-unit";
import { CARD_CHARS, IMPORTANCE_MAX, IMPORTANCE_MIN } from "./rules";
import type { Importance, MemorySummary } from "./types";

const RAW_CHARS = 100;
/** As Redis's NUMERIC index reads a number; `Number` alone would take "" and "0x10" too. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

function numberIn(raw: Buffer): number | null {
  const text = raw.subarray(0, 400).toString("latin1");
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function shown(raw: Buffer): string {
  const text = displayBytes(raw.subarray(0, RAW_CHARS));
  return raw.length > RAW_CHARS ? `${text}…` : text;
}

export function readImportance(raw: Buffer | null): Importance {
  if (raw === null) return { value: null, raw: null, problem: "It has no importance." };
  const value = numberIn(raw);
  if (value === null) return { value, raw: shown(raw), problem: "Its importance is no number." };
  if (value < IMPORTANCE_MIN || value > IMPORTANCE_MAX) {
    return {
      value,
      raw: shown(raw),
      problem: `Its importance is outside ${IMPORTANCE_MIN}–${IMPORTANCE_MAX}.`,
    };
  }
  if (!Number.isInteger(value))
    return { value, raw: shown(raw), problem: "Its importance is no whole number." };
  return { value, raw: shown(raw) };
}

export interface ReadTimestamp {
  ms: number | null;
  /** The field is there and holds a number: what a NUMERIC index can take. */
  isNumber: boolean;
  problem?: string;
}

export function readTimestamp(raw: Buffer | null): ReadTimestamp {
  if (raw === null) return { ms: null, isNumber: false, problem: "It has no timestamp." };
  const value = numberIn(raw);
  if (value === null) {
    return { ms: null, isNumber: false, problem: `Its timestamp is no number: ${shown(raw)}` };
  }
  const unit = timestampUnit(value);
  if (unit === null) {
    return { ms: null, isNumber: true, problem: `Its timestamp is no time in seconds: ${shown(raw)}` };
  }
  if (unit === "milliseconds") {
    return {
      ms: Math.round(value),
      isNumber: true,
      problem:
        "Its timestamp is in milliseconds: searches by time, which count in seconds, take it for the far future.",
    };
  }
  return { ms: Math.round(value * 1_000), isNumber: true };
}

type ReadContent = Pick<
  MemorySummary,
  "content" | "contentBytes" | "contentCut" | "contentIsText" | "contentProblem"
>;

/** @param raw null when the field is missing */
export function readContent(raw: Buffer | null, maxChars = CARD_CHARS): ReadContent {
  if (raw === null) {
    return { ...empty(0), contentProblem: "It has no content field, so there is nothing to remember." };
  }
  if (raw.length === 0) return { ...empty(0), contentProblem: "Its content is empty." };
  const contentIsText = isUtf8(raw);
  const all = contentIsText ? raw.toString("utf8") : displayBytes(raw.subarray(0, maxChars));
  const contentCut = contentIsText ? all.length > maxChars : raw.length > maxChars || all.length > maxChars;
  return {
    content: cutChars(all, maxChars),
    contentBytes: raw.length,
    contentCut,
    contentIsText,
    ...(contentIsText
      ? {}
      : { contentProblem: "Its content is no valid UTF-8: the bytes that are none stand as \\xNN." }),
  };
}

/** A content that is not fetched for a list, because one like it fifty times over would be too much. */
export function longContent(bytes: number): ReadContent {
  return { ...empty(bytes), contentCut: true };
}

function empty(contentBytes: number): ReadContent {
  return { content: "", contentBytes, contentCut: false, contentIsText: true };
}

/** The first characters of a text, never ending in half of one. */
export function cutChars(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
