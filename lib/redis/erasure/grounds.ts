/** Why somebody's data is erased, as the audit log keeps it. */
import { SafeError } from "../../errors";
import { namesPerson } from "../../names-person";
import { openRef } from "../../refs";
import type { StartErasureInput } from "./schema";

/**
 * @returns the legal ground and the ticket, fit for a log that outlives the erasure
 * @throws SafeError `invalid_input` when the ticket holds the person's id
 */
export function groundsOf({ ref, ground, ticket }: StartErasureInput): { reason: string; ticket: string } {
  if (namesPerson(ticket, openRef("user", ref))) {
    throw new SafeError("invalid_input", "ticket: must not hold the person's id.", {
      field: "ticket",
      hint: "It goes into the audit log, which keeps it when the person is gone. Use the reference alone.",
    });
  }
  return { reason: `Art. 17(1)(${ground})`, ticket };
}
