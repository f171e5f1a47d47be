/** From whatever was thrown to what people may read. */
import type { z } from "zod";
import { type ErrorDto, SafeError } from "../errors";
import { logDefect } from "../log";
import { storeError } from "../redis/store/store-errors";

export function invalidInput(error: z.ZodError): SafeError {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join(".") || "input";
  return new SafeError("invalid_input", `${field}: ${issue?.message ?? "is not right"}`, { field });
}

/** Next signals redirects and not-found pages by throwing; those must pass through. */
export function isNextSignal(error: unknown): boolean {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return typeof digest === "string" && /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_|HANGING_PROMISE)/.test(digest);
}

/** @param sent whether a write was on its way: then a lost answer is neither done nor failed */
export function describeFailure(error: unknown, sent: boolean, requestId: string): ErrorDto {
  const safe = storeError(error);
  if (!safe) {
    logDefect(error, requestId);
    return {
      code: "internal",
      message: "Something went wrong in the console itself.",
      hint: `${sent ? "Look at the data before you try again." : "Nothing is known to have changed."} The log has it under ${requestId}.`,
    };
  }
  if (sent && safe.code === "store_timeout") {
    return {
      code: "outcome_unknown",
      message: "The connection was lost before Redis confirmed: the change may or may not have happened.",
      hint: "Look at the data before you try again.",
    };
  }
  return safe.toDto();
}
