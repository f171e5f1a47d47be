/** Commands about indexes as redis-cli takes them, for showing and copying. */
import { createIndexCommand, type IndexPlan } from "./rules";

export function createIndexText(plan: IndexPlan): string {
  return commandLine(createIndexCommand(plan));
}

/** Quotes only where redis-cli needs them. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w:.+*/@=-]+$/.test(word) ? word : `"${escaped(word)}"`)).join(" ");
}

function escaped(word: string): string {
  return word
    .replace(/["\\]/g, "\\$&")
    .replace(/[^\x20-\x7e]/g, (char) =>
      [...new TextEncoder().encode(char)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
    );
}
