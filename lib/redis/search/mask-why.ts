/** Why a memory was not found, and a person's vector sets, for those who may not see what is in them. */
import { SafeError } from "../../errors";
import { MASK, type Masker, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { VectorSets } from "../recall/types";
import type { WhyAnswer, WhyChange, WhyReason } from "../recall/why-types";

interface Asked {
  vector?: string | null;
}

/**
 * @throws SafeError `forbidden` for a pasted vector: its distance to a memory of one's choice, asked often enough, is the
 *   stored vector itself
 */
export function maskWhy(answer: WhyAnswer, masker: Masker, { vector }: Asked): WhyAnswer {
  const { memory } = answer;
  if (!masker.hides(memory.userRef)) return answer;
  if (vector?.trim()) {
    throw new SafeError("forbidden", "Distances to a pasted vector are not told where memories are masked.", {
      hint: "Look for a text instead.",
    });
  }
  const owner = openRef("user", memory.userRef);
  return {
    memory: {
      userRef: memory.userRef,
      memoryRef: memory.memoryRef,
      category: maskName(memory.category, owner),
      number: maskName(memory.number, owner),
      content: maskText(memory.content),
    },
    reasons: answer.reasons.map((reason) => maskReason(reason, owner)),
    distance: rounded(answer.distance),
    textRank: answer.textRank,
    vectorRank: answer.vectorRank,
    needed: answer.needed.map(maskChange),
    neededSuffice: answer.neededSuffice,
    anyOf: answer.anyOf.map(maskChange),
    basis: answer.basis,
    index: answer.index,
    masked: true,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function maskReason(reason: WhyReason, owner: Buffer): WhyReason {
  switch (reason.kind) {
    case "filtered-out": {
      // An importance or a time that is none may be anything.
      const value = typeof reason.value === "string" ? maskName(reason.value, owner) : null;
      return { ...reason, value };
    }
    case "only-stop-words":
      return { kind: reason.kind, dropped: reason.dropped };
    case "no-word-in-common":
      return { kind: reason.kind, words: reason.words.map(() => MASK) };
    case "index-filter":
      return { kind: reason.kind, filter: MASK };
    case "other-model":
      // What a hash's field says may be anything.
      return { kind: reason.kind, model: MASK, wanted: reason.wanted };
    case "vector-length":
    case "vector-unfit":
      return reason;
    case "beyond-distance":
      return { kind: reason.kind, distance: rounded(reason.distance)!, maxDistance: reason.maxDistance };
    default:
      return reason;
  }
}

/** A word that would find it is a word of the memory. */
function maskChange(change: WhyChange): WhyChange {
  if (change.kind === "word") return { kind: "word", word: MASK };
  if (change.kind === "max-distance") {
    return { kind: change.kind, maxDistance: Math.ceil(change.maxDistance * 100) / 100 };
  }
  return change;
}

export function maskVectorSets(
  { supported, sets, more }: VectorSets,
  masker: Masker,
  { userRef, vector }: Asked & { userRef: string },
): VectorSets {
  if (!masker.hides(userRef)) return { supported, sets, more };
  if (vector?.trim()) {
    throw new SafeError("forbidden", "Distances to a pasted vector are not told where memories are masked.", {
      hint: "Look for a text instead.",
    });
  }
  const owner = openRef("user", userRef);
  return {
    supported,
    sets: sets.map((set) => ({
      name: maskName(set.name, owner),
      elements: set.elements,
      dimensions: set.dimensions,
      quantisation: set.quantisation,
      hits:
        set.hits?.map(({ rank, element, score, distance }) => ({
          rank,
          element: maskText(element),
          attributes: null,
          score: rounded(score)!,
          distance: rounded(distance)!,
          masked: true as const,
        })) ?? null,
      foreignHits: set.foreignHits,
      commands: set.commands.map(({ purpose, times, ms }) => ({
        purpose,
        text: "VSIM ‹key› FP32 ‹…› WITHSCORES COUNT ‹…›",
        times,
        ms,
      })),
    })),
    more,
    masked: true,
  };
}
