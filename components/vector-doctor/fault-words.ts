import { formatCount } from "@/lib/format";
import type { Cure, Fault, Incurable } from "@/lib/redis/vector-doctor/faults";

/** What a fault is called, and what it does to recall. */
export const FAULT_WORDS: Record<Fault, { title: string; means: string }> = {
  missing: { title: "No vector", means: "Found by words, never by meaning." },
  text: { title: "Text instead of a vector", means: "Redis leaves the whole memory out of the index." },
  float64: {
    title: "64-bit numbers",
    means: "Twice as long as the index wants: the whole memory is left out.",
  },
  "wrong-length": {
    title: "Wrong length",
    means: "Another number of dimensions than the index wants: the whole memory is left out.",
  },
  "byte-order": {
    title: "Wrong byte order",
    means: "Redis reads other numbers than were written: found for the wrong questions.",
  },
  "not-finite": { title: "NaN or infinite", means: "No distance to it can be told." },
  "zero-norm": { title: "All zeros", means: "It has no direction, so no distance to it can be told." },
  "other-model": {
    title: "Another model's",
    means: "Its numbers mean something else than the question's: found by chance.",
  },
  stale: {
    title: "Of another text",
    means: "The text was changed and the vector was not: found for what it does not say any more.",
  },
};

export const CURE_WORDS: Record<Cure | Incurable, string> = {
  swap: "turn the bytes round",
  narrow: "write as 32-bit numbers",
  parse: "read the text as numbers",
  embed: "embed again",
  "no-text": "no text to embed: left alone",
  "no-model": "no model to embed with: left alone",
};

export function memoriesText(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "memory" : "memories"}`;
}
