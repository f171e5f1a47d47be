/** Operators as lines of text. */
import type { OperatorRow } from "../../lib/redis/operators/schema";

const HEAD = ["NAME", "ROLE", "VIA", "STATE", "LAST SIGN-IN", "SESSIONS", "ID"];

export function operatorTable(rows: readonly OperatorRow[]): string {
  if (rows.length === 0)
    return "There are no operators yet. The console makes an administrator when it first starts.";
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...lines.map((line) => [...line[at]!].length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => pad(cell, widths[at]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cells(row: OperatorRow): string[] {
  const state = row.disabled ? "disabled" : row.mustChangePassword ? "must change password" : "active";
  const seen = row.lastSignInAtMs === null ? "never" : minute(row.lastSignInAtMs);
  return [row.name, row.role, row.via, state, seen, String(row.sessions), row.id];
}

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** By characters; a name may hold some of two units. */
function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}
