/** What may be wrong with a session's key, as people read it. */
import { SafeError } from "../../errors";
import { refusalText } from "../store/store-errors";

/** An error of Redis as it reads for a session's key; other errors unchanged. */
export function sessionError(error: unknown): unknown {
  if (!/WRONGTYPE/.test(refusalText(error))) return error;
  return notASession();
}

export function notASession(): SafeError {
  return new SafeError(
    "store_refused",
    "The key of this session does not hold a list, so it is no session.",
    {
      hint: "Another program wrote a value of another type under this name. The storage tab shows it.",
    },
  );
}

export function noSuchSession(): SafeError {
  return new SafeError("not_found", "This session is not there any more.", {
    hint: "It expired or was deleted. The list shows what is there now.",
  });
}
