import type { Result } from "@/lib/errors";
import { ConsoleError } from "./console-error";
import { type SignInNeed, waitForSignIn } from "./sign-in-needed";

/**
 * Runs a server action and unwraps what it answered, for mutation functions. Refused for want of a sign-in, it asks
 * for one and tries again: the guard refused before anything was done.
 * @throws ConsoleError; `outcome_unknown` when the answer was lost on its way: the change may have happened.
 */
export async function runAction<T>(action: () => Promise<Result<T>>): Promise<T> {
  let result = await answerOf(action);
  if (!result.ok && isSignInNeed(result.error.code)) {
    const refused = new ConsoleError(result.error);
    await waitForSignIn(result.error.code).catch(() => {
      throw refused;
    });
    result = await answerOf(action);
  }
  if (!result.ok) throw new ConsoleError(result.error);
  return result.data;
}

function isSignInNeed(code: string): code is SignInNeed {
  return code === "signed_out" || code === "sign_in_again";
}

async function answerOf<T>(action: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await action();
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
}
