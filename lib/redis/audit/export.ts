import { env } from "../../env";
import { SafeError } from "../../errors";
import { auditMacKey } from "../audit-chain/canonical";
import { readChain, readLines } from "../audit-chain/stored";
import type { Store } from "../store/store";
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
    fileName: `audit-${firstSeq}-${head.seq}.jsonl`,
    head: { seq: head.seq, hash: head.hash },
    base: base && { seq: base.seq, hash: base.hash },
  };
}

/** Says how many entries an export has; the guard counts them before the last one has left. */
export const ENTRIES_HEADER = "X-Audit-Entries";

/**
 * The log as JSON Lines, line for line as it is stored, read as fast as it is taken.
 * @param to the last sequence, as the plan said: the download is an entry itself, and must not outgrow the head that
 *   it is to be checked with
 * @throws SafeError `conflict` when that entry is not, or no longer, kept
 */
export async function exportEntries(store: Store, to: number): Promise<Response> {
  const { head, base } = await planExport(store);
  const firstSeq = (base?.seq ?? 0) + 1;
  if (to < firstSeq || to > head.seq) {
    throw new SafeError("conflict", "The log has changed since the export was prepared.", {
      hint: "Export it again.",
    });
  }
  let next = firstSeq;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const lines = await readLines(store, next, to, CHUNK);
      if (lines.length > 0) {
        controller.enqueue(Buffer.from(`${lines.map(({ line }) => line).join("\n")}\n`));
        next = lines.at(-1)!.seq + 1;
      }
      if (lines.length === 0 || next > to) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "application/jsonl; charset=utf-8",
      "Content-Disposition": `attachment; filename="audit-${firstSeq}-${to}.jsonl"`,
      "Cache-Control": "no-store",
      [ENTRIES_HEADER]: String(to - firstSeq + 1),
    },
  });
}
