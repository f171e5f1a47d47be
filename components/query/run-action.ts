import type { Result } from "@/lib/errors";
import { ConsoleError } from "./console-error";

/**
 * Unwraps what a server action answered, for mutation functions.
 * @throws ConsoleError; `outcome_unknown` when the answer was lost on its way: the change may have happened.
 */
export async function runAction<T>(action: Promise<Result<T>>): Promise<T> {
  let result: Result<T>;
  try {
    result = await action;
  } catch (error) {
    const digest = (error as { digest?: unknown } | null)?.digest;
    // Next redirects and reports missing pages by throwing; those are not failures.
    if (typeof digest === "string" && digest.startsWith("NEXT_")) throw error;
    throw new ConsoleError({
      code: "outcome_unknown",
      message: "The console did not answer: the change may or may not have happened.",
      hint: "Look at the data before you try again.",
    });
  }
  if (!result.ok) throw new ConsoleError(result.error);
  return result.data;
}
