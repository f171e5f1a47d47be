/**
 * An entry's one written form. What is hashed, what is stored, mirrored and exported is the same text, so that a
 * line can be checked byte by byte: a second spelling of the same facts is an edit.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { AuditDraft, AuditEntry } from "./entry";

/** What the first entry of a chain remembers as the entry before it. */
export const GENESIS = "0".repeat(64);

const HEX_64 = /^[0-9a-f]{64}$/;
const OUTCOMES = ["intent", "ok", "refused", "failed", "unknown"];
const KEYS = [
  ...["v", "seq", "timeMs", "operator", "role", "action", "outcome", "subject", "counts", "reason", "ticket"],
  ...["code", "requestId", "prev", "hash", "mac"],
] as const;

/** An operator's key for the chain's MACs: derived, so that a leak of it opens nothing else. 32 bytes. */
export function auditMacKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "memory-console/audit/v1", 32));
}

/** HMAC-SHA-256 as hex. */
export function macOf(text: string, macKey: Buffer): string {
  return createHmac("sha256", macKey).update(text).digest("hex");
}

export function isMac(mac: string, text: string, macKey: Buffer): boolean {
  return (
    HEX_64.test(mac) && timingSafeEqual(Buffer.from(mac, "hex"), Buffer.from(macOf(text, macKey), "hex"))
  );
}

export interface ParsedLine {
  entry: AuditEntry;
  /** False when the line spells the entry otherwise than {@link lineOf} does. */
  exact: boolean;
  /** The hash that what it says has; not always the one that it carries. */
  hashes: () => string;
}

type Unsealed = Omit<AuditEntry, "hash" | "mac">;

/** The text that is hashed: everything before `hash`. */
function contentOf(entry: Unsealed): string {
  const { v, seq, timeMs, operator, role, action, outcome, subject, reason, ticket, code, requestId, prev } =
    entry;
  const counts = sorted(entry.counts);
  const told = { v, seq, timeMs, operator, role, action, outcome, subject, counts, reason, ticket, code };
  return JSON.stringify({ ...told, requestId, prev });
}

function sorted(counts: Record<string, number>): Record<string, number> {
  const names = Object.keys(counts);
  if (names.every((name, at) => at === 0 || names[at - 1]! < name)) return counts;
  return Object.fromEntries(names.sort().map((name) => [name, counts[name]!]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256, hex, over the canonical text of everything before `hash`. */
export function hashOf(entry: Unsealed): string {
  return sha256(contentOf(entry));
}

function lineFrom(content: string, { hash, mac }: Pick<AuditEntry, "hash" | "mac">): string {
  return `${content.slice(0, -1)},"hash":"${hash}","mac":"${mac}"}`;
}

/** One line of JSON without a line end: keys in a fixed order, `v` and `seq` first. */
export function lineOf(entry: AuditEntry): string {
  return lineFrom(contentOf(entry), entry);
}

/** A draft in its place after `before`, hashed and MACed. Knows nothing of other fields than a draft's. */
export function seal(
  draft: AuditDraft,
  place: { seq: number; timeMs: number; prev: string },
  macKey: Buffer,
): AuditEntry {
  const { operator, role, action, outcome, subject, counts, reason, ticket, code, requestId } = draft;
  const told = { operator, role, action, outcome, subject, counts, reason, ticket, code, requestId };
  const unsealed: Unsealed = { v: 1, ...place, ...told };
  const hash = hashOf(unsealed);
  return { ...unsealed, hash, mac: macOf(hash, macKey) };
}

/** Longest text of one field, UTF-16 units: a line stays far below 64 kB. */
const LONGEST = 2_000;

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST;
}

function isWholeNumber(value: unknown, min: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

function isCounts(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((count) => isWholeNumber(count, 0));
}

/** Is this what a writer may say? A draft that is not would make a line that no verifier takes for an entry. */
export function isDraft(value: AuditDraft): boolean {
  return (
    [value.operator, value.role, value.action, value.requestId].every(isText) &&
    [value.subject, value.reason, value.ticket, value.code].every((text) => text === null || isText(text)) &&
    OUTCOMES.includes(value.outcome) &&
    isCounts(value.counts)
  );
}

/**
 * A line as an entry.
 * @returns null when it is none: not JSON, a key too many or missing, a field of another type.
 */
export function parseLine(line: string): ParsedLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const names = Object.keys(value);
  if (names.length !== KEYS.length || !KEYS.every((key) => Object.hasOwn(value, key))) return null;
  const entry = value as AuditEntry;
  const isEntry =
    entry.v === 1 &&
    isWholeNumber(entry.seq, 1) &&
    isWholeNumber(entry.timeMs, 0) &&
    [entry.prev, entry.hash, entry.mac].every((text) => isText(text) && HEX_64.test(text)) &&
    isDraft(entry);
  if (!isEntry) return null;
  const content = contentOf(entry);
  return { entry, exact: lineFrom(content, entry) === line, hashes: () => sha256(content) };
}
