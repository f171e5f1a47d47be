/** From a request that passes the guard to its entries in the audit log. */
import { createHash } from "node:crypto";
import type { ErrorCode, ErrorDto } from "../errors";
import { logEvent } from "../log";
import { type AuditChain, auditChain } from "../redis/audit-chain/chain";
import type { AuditDraft, AuditOutcome } from "../redis/audit-chain/entry";
import { consoleKeys } from "../redis/console-keys";
import type { Store } from "../redis/store/store";

/** Who acts: an operator, or `anonymous` with the role `none`. */
export interface Actor {
  id: string;
  role: string;
}

export const ANONYMOUS: Actor = { id: "anonymous", role: "none" };

export interface Deed {
  name: string;
  requestId: string;
  subject: string | null;
  reason?: string | null;
  ticket?: string | null;
}

export interface Ending {
  outcome: AuditOutcome;
  code?: ErrorCode | null;
  counts?: Record<string, number>;
}

export function draftOf(actor: Actor, deed: Deed, ending: Ending): AuditDraft {
  return {
    operator: actor.id,
    role: actor.role,
    action: deed.name,
    outcome: ending.outcome,
    subject: deed.subject,
    counts: ending.counts ?? {},
    reason: deed.reason ?? null,
    ticket: deed.ticket ?? null,
    code: ending.code ?? null,
    requestId: deed.requestId,
  };
}

/** It has happened: not being able to say so now is no reason to say that it failed. */
export async function recordEnding(audit: AuditChain, draft: AuditDraft): Promise<void> {
  await audit.append(draft).catch(() => void audit.appendEventually(draft));
}

const REFUSALS: readonly ErrorCode[] = [
  "forbidden",
  "bad_origin",
  "signed_out",
  "sign_in_again",
  "sign_in_expired",
  "sign_in_invalid",
  "sign_in_cancelled",
  "no_group",
  "operator_disabled",
  "another_operator",
  "too_many_requests",
  "audit_unavailable",
  "invalid_input",
];

/** How a failed deed ended. */
export function outcomeOf(error: ErrorDto): AuditOutcome {
  if (error.code === "outcome_unknown" || error.code === "internal") return "unknown";
  return REFUSALS.includes(error.code) ? "refused" : "failed";
}

/** Of these, one a minute is written down for each asker: a closed page that keeps asking must not fill the log. */
const AGGREGATED: readonly ErrorCode[] = ["signed_out", "sign_in_expired", "too_many_requests"];

/**
 * Write down that something was refused. A refusal stands whether or not it can be written down.
 * @param kind of reads every refusal is aggregated, of writes only those that machines repeat
 */
export async function recordRefusal(
  consoleStore: Store,
  kind: "read" | "write",
  draft: AuditDraft,
  address: string,
): Promise<void> {
  try {
    if (kind === "read" || AGGREGATED.includes(draft.code as ErrorCode)) {
      const asker = `${draft.operator} ${draft.operator === ANONYMOUS.id ? address : ""}`;
      const digest = createHash("sha256")
        .update(`${asker} ${draft.action} ${draft.code}`)
        .digest("base64url");
      const key = consoleKeys.auditSeen(digest);
      if ((await consoleStore.command("SET", key, "1", "NX", "EX", 60)) === null) return;
    }
    await auditChain(consoleStore).append(draft);
  } catch {
    logEvent("refusal_not_written", { requestId: draft.requestId, action: draft.action });
  }
}
