/**
 * Making what is shown fit for those who may not see personal data. It happens on the server, in the guard: the
 * bytes do not reach the browser (docs/decisions/0008-masking-on-the-server.md).
 *
 * Structure stays readable, and nothing else: how many words and lines there are and how they are punctuated.
 * Lengths of words, digits and names are hidden.
 */
import { displayBytes } from "./bytes";
import { openRef } from "./refs";
import { pseudonymOf, subjectOf } from "./subjects";

/** What stands for any word and any number, whatever its length. */
export const MASK = "•••";

/** What features' masks ask: who is hidden from the one who asks. */
export interface Masker {
  /** Is the data of the person with this reference hidden? */
  hides(userRef: string): boolean;
  /** The person's name for the one who asks: the id as shown, or a pseudonym. */
  label(userRef: string): string;
}

/** @param isRevealed which subjects this operator may see now */
export function createMasker(isRevealed: (subject: string) => boolean): Masker {
  const hides = (userRef: string) => !isRevealed(subjectOf(openRef("user", userRef)));
  return {
    hides,
    label: (userRef) =>
      hides(userRef)
        ? pseudonymOf(subjectOf(openRef("user", userRef)))
        : displayBytes(openRef("user", userRef)),
  };
}

/**
 * A text with every word and number hidden: `Call Ann, 555-1234!` → `••• •••, •••-•••!`. A run of white space becomes
 * one space, or one line end; punctuation outside of ASCII, symbols and control characters are hidden too.
 */
export function maskText(text: string): string {
  return text.replace(/\s+|[^\s.,;:!?()'"/-]+|[.,;:!?()'"/-]/g, (run) => {
    if (/^\s/.test(run)) return run.includes("\n") ? "\n" : " ";
    return /^[.,;:!?()'"/-]$/.test(run) ? run : MASK;
  });
}
