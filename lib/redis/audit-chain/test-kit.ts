import type { Store } from "../store/store";
import { parseLine } from "./canonical";
import type { AuditDraft, AuditEntry } from "./entry";
import { readLines } from "./stored";

export const SECRET = "a-fixed-secret-for-tests-only-0123456789abcdef";

export function draft(some: Partial<AuditDraft> = {}): AuditDraft {
  return {
    ...{ operator: "op-1", role: "admin", action: "sessions.trim", outcome: "ok", subject: null },
    ...{ counts: { sessions: 1 }, reason: null, ticket: null, code: null, requestId: "r" },
    ...some,
  };
}

/** Every entry of the stream; throws for a line that is none or is spelled otherwise. */
export async function allEntries(store: Store): Promise<AuditEntry[]> {
  const lines = await readLines(store, 1, 1_000_000, 1_000_000);
  return lines.map(({ seq, line }) => {
    const parsed = parseLine(line);
    if (!parsed?.exact || parsed.entry.seq !== seq) throw new Error(`entry ${seq} is not one`);
    return parsed.entry;
  });
}
