/** What a text loses when it is embedded. Safe for the browser: a form says it before it is sent. */

/** What of a text is embedded. Longer ones grow slow: 5,000 words hold the bundled model for 1.5 s. */
export const EMBEDDED_CHARS = 2_000;

export type TextTrouble =
  | "blank" // nothing that any model could embed: refused
  | "cut" // longer than EMBEDDED_CHARS: its end is not embedded
  | "half-characters" // lone surrogates, embedded as a sign nobody knows
  | "other-script"; // the bundled model gives nearly one vector to all such texts: found by words only

/** @param provider of the model that will embed it */
export function textTroubles(text: string, provider: "bundled" | "openai"): TextTrouble[] {
  const embedded = cutText(text);
  if (embedded.trim() === "") return ["blank"];
  const troubles: TextTrouble[] = [];
  if (text.length > EMBEDDED_CHARS) troubles.push("cut");
  if (/\p{Surrogate}/u.test(text)) troubles.push("half-characters");
  if (provider === "bundled" && !isTellable(text)) troubles.push("other-script");
  return troubles;
}

/** The part of a text that is embedded. */
export function cutText(text: string): string {
  return startOf(text, EMBEDDED_CHARS);
}

/** The first characters of a text, without half ones: one of them alone stops the bundled model's thread. */
export function startOf(text: string, chars: number): string {
  const cut = text.slice(0, chars);
  const ended = cut.length < text.length ? cut.replace(/[\ud800-\udbff]$/, "") : cut;
  return ended.replace(/\p{Surrogate}/gu, "\ufffd");
}

/**
 * Can the bundled model tell such a text from another? It knows English, and other Latin writing by resemblance; two
 * unrelated Chinese, Hebrew, Arabic, Russian or emoji texts get nearly one vector (measured cosine .93 to 1.00), so
 * there only word search works.
 */
export function isTellable(text: string): boolean {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const other = text.match(/[\p{L}\p{Extended_Pictographic}]/gu)?.length ?? 0;
  if (other === 0) return /\p{N}/u.test(text);
  return latin * 2 >= other;
}

/** What is said of a text that {@link isTellable} says no of, before it is embedded and after. */
export function otherScriptWords(model: string): string {
  return `${model} takes all texts of this script for nearly the same: found by words only.`;
}
