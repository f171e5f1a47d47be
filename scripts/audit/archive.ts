/** `npm run archive-audit`: old entries into a file. Exit code 0 done or nothing to do, 1 refused. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { env } from "../../lib/env";
import { SafeError } from "../../lib/errors";
import { formatCount } from "../../lib/format";
import { archiveEntries } from "../../lib/redis/audit-chain/archive";
import { auditChain } from "../../lib/redis/audit-chain/chain";
import { consoleState } from "../../lib/redis/client";

const USAGE = `npm run archive-audit -- FILE [--before YYYY-MM-DD]

Writes the entries of the audit log before that day (UTC; without it: older than AUDIT_KEEP_DAYS days) into FILE,
which must not exist yet, checks it, and lets go of them in Redis. The log goes on from where it is.`;

const DAY_MS = 86_400_000;

/** @returns the exit code */
export async function archiveCommand(argv: string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { before: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    const [path, ...more] = positionals;
    if (values.help) {
      say(USAGE);
      return 0;
    }
    if (!path || more.length > 0) throw new Error(`Name one file.\n\n${USAGE}`);
    const store = consoleState();
    const archive = await archiveEntries(store, auditChain(store), {
      before: cutoff(values.before),
      path,
      secret: env().CONSOLE_SECRET,
      ...{ operator: "command-line", role: "none", requestId: randomUUID() },
    });
    store.close();
    if (!archive) {
      say("No entry is that old. Nothing was archived.");
      return 0;
    }
    const { firstSeq, lastSeq, lastHash, entries, base, sha256 } = archive;
    const before = base.seq > 0 ? ` --base ${base.seq}:${base.hash}` : "";
    say(`Archived ${formatCount(entries)} entries, ${firstSeq} to ${lastSeq}, into ${path}
  sha256  ${sha256}
  check   npm run verify-audit -- ${path}${before} --head ${lastSeq}:${lastHash}`);
    return 0;
  } catch (error) {
    const hint = error instanceof SafeError && error.details.hint ? `\n${error.details.hint}` : "";
    say(`${error instanceof Error ? error.message : error}${hint}`);
    return 1;
  }
}

function cutoff(day: string | undefined): number {
  if (day !== undefined) {
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
    // Date.parse takes 31 February for 3 March.
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)) return ms;
    throw new Error("--before must be a day, for example --before 2026-01-31");
  }
  const days = env().AUDIT_KEEP_DAYS;
  if (days > 0) return Date.now() - days * DAY_MS;
  throw new Error("Give --before YYYY-MM-DD, or set AUDIT_KEEP_DAYS, for example AUDIT_KEEP_DAYS=1825");
}
