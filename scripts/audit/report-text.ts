import { formatCount } from "../../lib/format";
import type { Anchor, ChainReport } from "../../lib/redis/audit-chain/chain-report";

interface Checked {
  hasSecret: boolean;
  head: Anchor | null;
  base: Anchor | null;
  /** Head and base are Redis's. */
  isLive: boolean;
}

/** A verifier's report for a terminal: the verdict first, and what was not proved said plainly. */
export function reportText(report: ChainReport, checked: Checked): string {
  const { problems, moreProblems, notes, entries, firstSeq, lastSeq, lastHash } = report;
  const count = problems.length + moreProblems;
  const lines =
    count === 0
      ? [`INTACT. ${formatCount(entries)} entries, ${firstSeq} to ${lastSeq}.`]
      : [
          `NOT INTACT. ${formatCount(count)} ${count === 1 ? "problem" : "problems"} in ${formatCount(entries)} entries.`,
        ];
  for (const { seq, to, kind, note } of problems) {
    lines.push(`  ${to ? `entries ${seq}-${to}` : `entry ${seq}`}: ${kind}. ${note}`);
  }
  if (moreProblems > 0) lines.push(`  … and ${formatCount(moreProblems)} more.`);
  for (const { seq, note } of notes) lines.push(`  Note on entry ${seq}: ${note}`);
  if (
    checked.hasSecret &&
    entries > 0 &&
    problems.length >= Math.min(entries, 1_000) &&
    hasMacsAlone(report)
  ) {
    lines.push("  No MAC at all fits: is CONSOLE_SECRET the one of the console that wrote this?");
  }
  if (lastHash) lines.push(`  Ends with ${lastSeq}:${lastHash}`);
  return [...lines, ...unproved(report, checked)].join("\n");
}

function hasMacsAlone({ problems }: ChainReport): boolean {
  return problems.every(({ note }) => note.includes("MAC"));
}

function unproved({ lastSeq, problems }: ChainReport, { hasSecret, head, base, isLive }: Checked): string[] {
  const lines: string[] = [];
  if (head) {
    const whose = isLive ? "Redis's head" : "the given head";
    lines.push(`  Compared with ${whose}, ${head.seq}:${head.hash}`);
    const after = (lastSeq ?? 0) - head.seq;
    if (hasSecret && after > 0 && problems.length === 0) {
      lines.push(
        `  ${formatCount(after)} entries were written after that head; their MACs are this console's.`,
      );
    }
  } else {
    lines.push("  NOT PROVED: that nothing was cut off at the end. Give --head SEQ:HASH, or --redis.");
  }
  if (base)
    lines.push(
      `  Entries up to ${base.seq} may be in archives; what follows continues ${base.seq}:${base.hash}`,
    );
  if (!hasSecret && head) {
    lines.push(
      "  NOT PROVED: that a console wrote it. Without CONSOLE_SECRET the MACs were not checked; the head's hash vouches",
      `  for every entry before it, ${isLive ? "and the head was taken from Redis on trust." : "as far as you trust where you noted it."}`,
    );
  } else if (!hasSecret) {
    lines.push(
      "  NOT PROVED: that a console wrote it. Without CONSOLE_SECRET only hashes were checked: whoever changed an entry",
      "  and then wrote anew everything after it would not be noticed.",
    );
  }
  return lines;
}
