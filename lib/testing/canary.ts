/** A person made of unique words, to prove that none of them gets through a mask. */
import { createMasker } from "../masking";
import { sealRef } from "../refs";
import { digestsOf, spellingsOf } from "./leaks";

/** The masker of somebody to whom nobody is revealed. */
export const hidesAll = createMasker(() => false);

export const CANARY = {
  id: "canary.kestrel@example.org",
  session: "kestrel-chat",
  message: "My sister Wrenna has diabetes since 1987",
  memory: "allergic to quinoazole, lives in Hollowmere 4711",
  category: "finch@address",
  field: "wagtail note",
  value: "dotterel 0170 7654321",
} as const;

export const CANARY_ID = Buffer.from(CANARY.id);
export const CANARY_REF = sealRef("user", CANARY_ID);

/** Any of these, in any spelling, is a leak. */
const WORDS = [
  ...["canary", "kestrel", "example.org", "sister", "wrenna", "diabetes", "1987", "quinoazole", "hollowmere"],
  ...["4711", "finch", "wagtail", "dotterel", "7654321", "allergic"],
];
const NUMBERS = WORDS.filter((word) => /^[0-9]+$/.test(word));

/**
 * What of the canary stands in an answer, as it would reach the browser: as text, as hexadecimal digits, as base64,
 * or as a digest of one of its texts.
 * @param digested further bytes whose plain digest must not be there, for example a stored message
 */
export function leaks(answer: unknown, digested: readonly string[] = []): string[] {
  const sent = JSON.stringify(answer).toLowerCase();
  const digests = [...Object.values(CANARY), ...digested].flatMap(digestsOf);
  return [...WORDS.flatMap(spellingsOf), ...digests].filter((trace) => isIn(sent, trace));
}

/** Within a longer number a number of the canary's is no trace: a time in milliseconds holds it by chance. */
function isIn(sent: string, trace: string): boolean {
  return NUMBERS.includes(trace)
    ? new RegExp(`(?<![0-9])${trace}(?![0-9])`).test(sent)
    : sent.includes(trace);
}
