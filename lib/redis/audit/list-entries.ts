import { env } from "../../env";
import { pseudonymOf } from "../../subjects";
import { auditMacKey, parseLine } from "../audit-chain/canonical";
import type { AuditEntry } from "../audit-chain/entry";
import { wrongWith } from "../audit-chain/entry-check";
import { readLines, readLinesBack, type StoredLine } from "../audit-chain/stored";
import { readOperators } from "../sign-in/operators";
import type { Store } from "../store/store";
import { firstSeqFrom, keptRange } from "./places";
import type { AuditPage, AuditRow, BrokenRow, ListEntriesInput } from "./schema";

const PAGE = 50;
const CHUNK = 250;
/** One answer looks at so many entries: a filter that matches little goes on with the next one. */
const SEARCHED = 5_000;
/** How far after a page's first entry the endings of its intents are looked for. */
const ENDINGS_AHEAD = 500;
const MINUTE_MS = 60_000;

/**
 * A page of the log, newest first.
 * @param ownOnly an operator's id: entries of others are not given, whatever the filter says
 * @throws SafeError `audit_unavailable` when the stream holds what no console wrote into it
 */
export async function listEntries(
  store: Store,
  input: ListEntriesInput,
  ownOnly: string | null,
): Promise<AuditPage> {
  const kept = await keptRange(store);
  const scope = ownOnly === null ? "all" : "own";
  if (!kept) return { rows: [], scope, nextBefore: null, searchedTo: null, kept };

  const fromMs = input.from ? Date.parse(`${input.from}Z`) : 0;
  const afterEnd = input.to
    ? await firstSeqFrom(store, kept, Date.parse(`${input.to}Z`) + MINUTE_MS)
    : kept.lastSeq + 1;
  const start = Math.min(input.before ?? Number.POSITIVE_INFINITY, afterEnd) - 1;
  const matches = (entry: AuditEntry) =>
    (ownOnly === null || entry.operator === ownOnly) &&
    (!input.operator || entry.operator === input.operator) &&
    (!input.action || entry.action === input.action) &&
    (!input.outcome || entry.outcome === input.outcome) &&
    (!input.subject || entry.subject === input.subject);

  const found: (AuditRow | BrokenRow)[] = [];
  const seen = new Endings();
  let next = start;
  let timeMs = 0;
  let isOver = start < kept.firstSeq;
  while (!isOver && found.length < PAGE && start - next < SEARCHED) {
    const lines = await readLinesBack(store, next, CHUNK);
    isOver = lines.length < CHUNK;
    for (const stored of lines) {
      const entry = parseLine(stored.line)?.entry;
      if (entry && entry.timeMs < fromMs) isOver = true;
      if (isOver && entry && entry.timeMs < fromMs) break;
      next = stored.seq - 1;
      if (entry) {
        timeMs = entry.timeMs;
        seen.add(entry);
      }
      if (!entry ? ownOnly === null : matches(entry)) found.push(rowOf(stored));
      if (found.length === PAGE) {
        isOver = next < kept.firstSeq;
        break;
      }
    }
  }
  const rows = await complete(store, found, seen, start);
  const searchedTo = isOver || found.length === PAGE ? null : { seq: next + 1, timeMs };
  return { rows, scope, nextBefore: isOver ? null : next + 1, searchedTo, kept };
}

/** Outcomes by request, as the log is read backwards: they come before their intents. */
class Endings {
  readonly #byRequest = new Map<string, { seq: number; outcome: AuditEntry["outcome"] }>();

  add({ requestId, action, seq, outcome }: AuditEntry): void {
    if (outcome !== "intent") this.#byRequest.set(`${requestId} ${action}`, { seq, outcome });
  }

  of({ requestId, action }: Pick<AuditEntry, "requestId" | "action">) {
    return this.#byRequest.get(`${requestId} ${action}`) ?? null;
  }
}

function rowOf({ seq, line }: StoredLine): AuditRow | BrokenRow {
  const parsed = parseLine(line);
  if (!parsed) return { seq, broken: true };
  const { v: _, ...entry } = parsed.entry;
  const misplaced = entry.seq === seq ? null : `It stands in the place of entry ${seq}.`;
  return {
    ...entry,
    seq,
    operatorName: null,
    pseudonym: entry.subject === null ? null : pseudonymOf(entry.subject),
    ending: null,
    wrong: misplaced ?? wrongWith(parsed, auditMacKey(env().CONSOLE_SECRET)),
  };
}

/** Names of operators, and how the page's intents ended. */
async function complete(
  store: Store,
  rows: (AuditRow | BrokenRow)[],
  seen: Endings,
  start: number,
): Promise<(AuditRow | BrokenRow)[]> {
  const entries = rows.filter((row): row is AuditRow => !("broken" in row));
  const isOpen = entries.some((row) => row.outcome === "intent" && !seen.of(row));
  const [operators, ahead] = await Promise.all([
    readOperators(
      store,
      entries.map(({ operator }) => operator),
    ),
    isOpen ? readLines(store, start + 1, start + ENDINGS_AHEAD, ENDINGS_AHEAD) : [],
  ]);
  for (const { line } of ahead) {
    const entry = parseLine(line)?.entry;
    if (entry) seen.add(entry);
  }
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  return rows.map((row) =>
    "broken" in row
      ? row
      : {
          ...row,
          operatorName: names.get(row.operator) ?? null,
          ending: row.outcome === "intent" ? seen.of(row) : null,
        },
  );
}
