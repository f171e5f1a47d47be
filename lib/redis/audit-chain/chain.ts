import type { Store } from "../store";
import type { AuditDraft, AuditEntry } from "./entry";

/** The one chain of a console's state, whoever writes to it in this process. */
export interface AuditChain {
  /**
   * Write an entry, acknowledged by Redis and by the mirror.
   * @throws SafeError `audit_unavailable`; what the entry was about must then not be done
   */
  append(draft: AuditDraft): Promise<AuditEntry>;
  /** For what has been done already: goes on trying for a minute, logs when it gave up, never rejects. */
  appendEventually(draft: AuditDraft): Promise<void>;
}

export function auditChain(_consoleStore: Store): AuditChain {
  throw new Error("not built yet");
}
