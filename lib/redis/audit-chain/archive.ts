/**
 * Old entries go into a file, and the chain goes on from its head. In this order, so that a kill at any moment
 * loses nothing: file written and checked → written down in the chain → base moved and stream trimmed, at once.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import { auditMacKey, GENESIS, parseLine } from "./canonical";
import type { AuditChain } from "./chain";
import { ChainCheck } from "./chain-check";
import { type ChainEnd, writeEnd } from "./chain-end";
import type { AuditDraft } from "./entry";
import { fileLines, storedLines } from "./lines";
import { readChain } from "./stored";
import { verifyChain } from "./verify";

export interface ArchiveInput {
  /** Entries before this moment, epoch ms. */
  before: number;
  /** A file that does not exist yet. */
  path: string;
  /** CONSOLE_SECRET */
  secret: string;
  /** Who asked, for the entry. */
  operator: string;
  role: string;
  requestId: string;
}

export interface Archive {
  firstSeq: number;
  lastSeq: number;
  lastHash: string;
  entries: number;
  /** SHA-256 of the file, hex. */
  sha256: string;
  /** What its first entry remembers as the one before it: `verify-audit --base` wants it. */
  base: { seq: number; hash: string };
}

/**
 * Archive what is older.
 * @returns null when nothing is; no file is made then
 * @throws SafeError `conflict` when the file exists, the chain is not whole, or somebody else archived meanwhile;
 *   `audit_unavailable` when it cannot be written down. Nothing is trimmed then, and no file is left behind.
 */
export async function archiveEntries(
  store: Store,
  chain: AuditChain,
  input: ArchiveInput,
): Promise<Archive | null> {
  const macKey = auditMacKey(input.secret);
  const archive = await writeArchive(store, macKey, input);
  if (!archive) return null;
  const { operator, role, requestId } = input;
  const draft: AuditDraft = {
    ...{ operator, role, requestId, action: "audit.archive", outcome: "intent", subject: null },
    ...{ counts: { entries: archive.entries }, ticket: null, code: null },
    reason: `${archive.firstSeq}-${archive.lastSeq} sha256:${archive.sha256}`,
  };
  try {
    await chain.append(draft);
    await trimTo(store, macKey, archive);
  } catch (error) {
    await unlessUnknown(error, () => unlink(input.path));
    throw error;
  }
  await chain.appendEventually({ ...draft, outcome: "ok" });
  return archive;
}

/** A trim whose answer was lost may have happened: then the file is the only copy. */
async function unlessUnknown(error: unknown, work: () => Promise<unknown>): Promise<void> {
  const code = storeError(error)?.code;
  if (code === "audit_unavailable" || code === "conflict" || code === "store_refused")
    await work().catch(() => {});
}

/** The first half: the file, checked as it lies on the disk. */
export async function writeArchive(
  store: Store,
  macKey: Buffer,
  input: ArchiveInput,
): Promise<Archive | null> {
  const { head, base } = await readChain(store, macKey);
  const before = { seq: base?.seq ?? 0, hash: base?.hash ?? GENESIS };
  const entries = storedLines(store, before.seq + 1, head?.seq ?? 0);
  const first = await entries.next();
  const isOld = (line: string) => (parseLine(line)?.entry.timeMs ?? 0) < input.before;
  if (first.done || !isOld(first.value.line)) return null;

  const file = await open(input.path, "wx", 0o600).catch((error: { code?: string }) => {
    throw error.code === "EEXIST"
      ? new SafeError("conflict", "There is a file of that name, and an archive does not overwrite.")
      : new SafeError("conflict", `The archive cannot be written: ${error.code ?? "unknown error"}.`);
  });
  try {
    const check = new ChainCheck({ macKey, base });
    let lines = [first.value.line];
    check.push(first.value.line);
    for await (const { line } of entries) {
      if (!isOld(line)) break;
      check.push(line);
      lines.push(line);
      if (lines.length < 500) continue;
      await file.write(`${lines.join("\n")}\n`);
      lines = [];
    }
    if (lines.length > 0) await file.write(`${lines.join("\n")}\n`);
    await file.datasync();
    const report = check.end();
    if (report.problems.length > 0) throw broken(report.problems[0]!.seq);
    const { lastSeq, lastHash, firstSeq } = report;
    const archive = {
      firstSeq: firstSeq!,
      lastSeq: lastSeq!,
      lastHash: lastHash!,
      entries: report.entries,
      base: before,
    };
    const asWritten = await verifyChain(fileLines(input.path), {
      macKey,
      base,
      head: { seq: archive.lastSeq, hash: archive.lastHash },
    });
    if (asWritten.problems.length > 0 || asWritten.entries !== archive.entries) {
      throw new SafeError("conflict", "The archive does not read as it was written. Nothing was trimmed.");
    }
    return { ...archive, sha256: await digestOf(input.path) };
  } catch (error) {
    await unlink(input.path).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

function broken(seq: number): SafeError {
  return new SafeError("conflict", `The chain is not whole at entry ${seq}: it is not archived.`, {
    hint: "npm run verify-audit names what is wrong.",
  });
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex");
}

/** KEYS entries, base. ARGV expected base (empty: none), new base, first id that is kept. */
const TRIM = `
local base = redis.call('GET', KEYS[2]) or ''
if base ~= ARGV[1] then return 'moved' end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[3])
return 'done'
`;

/** The second half: move the base to the archive's last entry, and let go of what is before it. */
export async function trimTo(store: Store, macKey: Buffer, archive: Archive): Promise<void> {
  const { base } = await readChain(store, macKey);
  const [last] = await storedEnd(store, archive.lastSeq);
  if ((base?.seq ?? 0) !== archive.base.seq || !last || last.hash !== archive.lastHash) {
    throw new SafeError("conflict", "Somebody else archived meanwhile. Nothing was trimmed.");
  }
  const keys = [consoleKeys.auditEntries(), consoleKeys.auditBase()];
  const words = [base ? writeEnd("base", base, macKey) : "", writeEnd("base", last, macKey)];
  const reply = await store.command("EVAL", TRIM, 2, ...keys, ...words, `${last.seq + 1}-0`);
  if (toText(reply) !== "done") throw new SafeError("conflict", "Somebody else archived meanwhile.");
}

async function storedEnd(store: Store, seq: number): Promise<ChainEnd[]> {
  for await (const { line } of storedLines(store, seq, seq)) {
    const entry = parseLine(line)?.entry;
    if (entry) return [{ seq, hash: entry.hash, timeMs: entry.timeMs }];
  }
  return [];
}
