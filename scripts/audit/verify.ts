/** `npm run verify-audit`: is this log whole? Exit code 0 intact, 1 not intact, 2 it could not be checked. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SafeError } from "../../lib/errors";
import { auditMacKey } from "../../lib/redis/audit-chain/canonical";
import type { Anchor, ChainReport } from "../../lib/redis/audit-chain/chain-report";
import { fileLines } from "../../lib/redis/audit-chain/lines";
import { readChain } from "../../lib/redis/audit-chain/stored";
import { verifyChain } from "../../lib/redis/audit-chain/verify";
import { Store } from "../../lib/redis/store/store";
import { reportText } from "./report-text";

export const USAGE = `npm run verify-audit -- FILE [options]

FILE is an export, a mirror (AUDIT_MIRROR) or an archive: JSON Lines, one entry a line.

  --head SEQ:HASH   where the chain must end at least, as you noted it earlier
  --base SEQ:HASH   the entry before the first one of FILE, when older ones were archived
  --redis           take head and base from the console's Redis (CONSOLE_REDIS_URL or REDIS_URL)

Exit code: 0 intact, 1 not intact, 2 it could not be checked.`;

/** The mirror is written after Redis: entries on their way arrive within this time. */
const MIRROR_LAG_MS = 1_500;

/** @returns the exit code */
export async function verifyCommand(argv: string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        head: { type: "string" },
        base: { type: "string" },
        redis: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [path, ...more] = positionals;
    if (values.help) {
      say(USAGE);
      return 0;
    }
    if (!path || more.length > 0) throw new Error(`Name one file.\n\n${USAGE}`);
    if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
    const secret = process.env.CONSOLE_SECRET;
    const macKey = secret ? auditMacKey(secret) : null;
    const stored = values.redis ? await readAnchors(macKey) : null;
    const anchors = {
      head: readAnchor("--head", values.head) ?? stored?.head ?? null,
      base: readAnchor("--base", values.base) ?? stored?.base ?? null,
    };
    const check = () => verifyChain(fileLines(path), { macKey, ...anchors });
    let report = await check();
    if (values.redis && isBehind(report)) {
      await sleep(MIRROR_LAG_MS);
      report = await check();
    }
    if (report.entries === 0 && !anchors.head) throw new Error("The file holds no entry.");
    say(reportText(report, { hasSecret: macKey !== null, ...anchors, isLive: Boolean(values.redis) }));
    return report.problems.length === 0 ? 0 : 1;
  } catch (error) {
    const hint = error instanceof SafeError && error.details.hint ? `\n${error.details.hint}` : "";
    say(`The log could not be checked. ${error instanceof Error ? error.message : error}${hint}`);
    return 2;
  }
}

function isBehind({ problems }: ChainReport): boolean {
  return problems.some(({ kind }) => kind === "cut" || kind === "torn");
}

function readAnchor(option: string, text: string | undefined): Anchor | null {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!hash)
    throw new Error(`${option} must be a sequence and a hash, for example ${option} 4211:${"0".repeat(64)}`);
  return { seq: Number(seq), hash };
}

async function readAnchors(macKey: Buffer | null): Promise<{ head: Anchor | null; base: Anchor | null }> {
  const url = process.env.CONSOLE_REDIS_URL || process.env.REDIS_URL;
  if (!url)
    throw new Error(
      "--redis needs CONSOLE_REDIS_URL or REDIS_URL, for example REDIS_URL=redis://127.0.0.1:6379",
    );
  const store = new Store(url);
  try {
    const { head, base } = await readChain(store, macKey);
    if (!head) throw new Error("Redis holds no audit log to compare with.");
    return { head, base };
  } finally {
    store.close();
  }
}
