import { env } from "../../env";
import { SafeError } from "../../errors";
import { auditMacKey } from "../audit-chain/canonical";
import { readChain, readLines } from "../audit-chain/stored";
import type { Store } from "../store";
import type { ExportPlan } from "./schema";

const CHUNK = 500;

/**
 * What an export holds at this moment: the log as it is kept in Redis, whole, because a part of it proves nothing.
 * @throws SafeError `audit_unavailable` when head and entries do not belong together; `not_found` for an empty log
 */
export async function planExport(store: Store): Promise<ExportPlan> {
  const { head, base } = await readChain(store, auditMacKey(env().CONSOLE_SECRET));
  if (!head) throw new SafeError("not_found", "The audit log is empty: there is nothing to export.");
  const firstSeq = (base?.seq ?? 0) + 1;
  return {
    entries: head.seq - firstSeq + 1,
    // Not by sequences: the download, which is an entry itself, ends later than its plan.
    fileName: `audit-${new Date().toISOString().slice(0, 10)}.jsonl`,
    head: { seq: head.seq, hash: head.hash },
    base: base && { seq: base.seq, hash: base.hash },
  };
}

/** Says how many entries an export has; the guard counts them before the last one has left. */
export const ENTRIES_HEADER = "X-Audit-Entries";

/** The log as JSON Lines, line for line as it is stored, read as fast as it is taken. */
export async function exportEntries(store: Store): Promise<Response> {
  const { entries, fileName, head, base } = await planExport(store);
  let next = (base?.seq ?? 0) + 1;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const lines = await readLines(store, next, head.seq, CHUNK);
      if (lines.length > 0) {
        controller.enqueue(Buffer.from(`${lines.map(({ line }) => line).join("\n")}\n`));
        next = lines.at(-1)!.seq + 1;
      }
      if (lines.length === 0 || next > head.seq) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "application/jsonl; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
      [ENTRIES_HEADER]: String(entries),
    },
  });
}
