/** Texts that go into the audit log must not say who they are about: the log outlives an erasure. */
import { displayBytes } from "./bytes";

/** A shorter id stands in half of all words: it counts only as a word of its own. */
const SHORT_CHARS = 4;

/**
 * Does a text that an operator typed (a reason, a ticket) hold this person's id? Upper and lower case, width and
 * the punctuation inside a long id do not hide it.
 */
export function namesPerson(text: string, userId: Uint8Array): boolean {
  const said = folded(text);
  const ids = [displayBytes(userId), Buffer.from(userId).toString("utf8")].map(folded);
  return ids.some((id) => {
    if (id === "") return false;
    if (id.length < SHORT_CHARS) return words(said).includes(id);
    const bare = squeezed(id);
    return said.includes(id) || (bare.length >= SHORT_CHARS && squeezed(said).includes(bare));
  });
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

function words(text: string): string[] {
  return [text, ...text.split(/\s+/), ...text.split(/[^\p{L}\p{M}\p{N}]+/u)];
}
