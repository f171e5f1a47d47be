import { SafeError } from "../../errors";

/** What cannot be written down is not done; `why` is a sentence about the cause, without data. */
export function unavailable(why: string, cure: string): SafeError {
  return new SafeError("audit_unavailable", `The audit log cannot be written: ${why}`, { hint: cure });
}

/** The chain in Redis is not what its head says: somebody has been at it, or a part of the store was lost. */
export function unfit(): SafeError {
  return unavailable(
    "the chain's head does not fit.",
    "The entries or the head were changed outside of the console. Compare them with the mirror: npm run verify-audit.",
  );
}
