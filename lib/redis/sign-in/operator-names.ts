/** Names of operators: what may be one, and when two are the same. */
import { SafeError } from "../../errors";

export const NAME_MAX = 64;

/**
 * A name as it is kept. Control, bidirectional, zero-width and other characters that nobody sees are refused: two
 * names that look alike to an administrator should not be two operators for that reason.
 * @throws SafeError `invalid_input`
 */
export function operatorName(typed: string): string {
  const name = typed.normalize("NFC").trim();
  const length = [...name].length;
  if (length < 1 || length > NAME_MAX) throw wrong(`A name has 1 to ${NAME_MAX} characters.`);
  if (/[\p{C}\p{Zl}\p{Zp}\p{DI}]/u.test(name)) throw wrong("A name holds no invisible characters.");
  return name;
}

/** The compared form: compatibility forms, case and runs of white space make no difference. Takes any text. */
export function comparedName(name: string): string {
  // Up and down again folds what lower case alone keeps apart, for example ß and ss.
  const folded = name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
  return folded.trim().replace(/\s+/g, " ");
}

function wrong(message: string): SafeError {
  return new SafeError("invalid_input", message, { field: "name" });
}
