import { env } from "../../env";
import { perOwner } from "../../per-process";
import type { Store } from "../store/store";
import type { AuditDraft, AuditEntry } from "./entry";
import type { MirrorState } from "./mirror";
import { ChainWriter } from "./writer";

/** The one chain of a console's state, whoever writes to it in this process. */
export interface AuditChain {
  /**
   * Write an entry, acknowledged by Redis and by the mirror. Exactly once: a lost answer is looked up.
   * @throws SafeError `audit_unavailable`; what the entry was about must then not be done. The entry may be there
   *   all the same: when the mirror alone failed, or when Redis went silent before it could be asked again. Trying
   *   again with the same draft object, by this or by appendEventually, finds it and does not write it twice.
   */
  append(draft: AuditDraft): Promise<AuditEntry>;
  /** For what has been done already: goes on trying for a minute, logs when it gave up, never rejects. */
  appendEventually(draft: AuditDraft): Promise<void>;
  /** How the copy outside of Redis does, as of the last append. */
  mirrorState(): MirrorState;
}

/** The chain in this store: the same object for the same store, in all of the process; two writers would wait for each other. */
export const auditChain = perOwner(
  "audit-chain",
  (consoleStore: Store): AuditChain =>
    new ChainWriter(consoleStore, { secret: env().CONSOLE_SECRET, mirror: env().AUDIT_MIRROR }),
);
