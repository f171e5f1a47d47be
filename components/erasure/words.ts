/** How erasure speaks: reasons, classes and amounts in words. */
import { formatCount } from "@/lib/format";
import type {
  ClassCounts,
  Dispute,
  DisputedKey,
  ErasureClass,
  ErasureGround,
} from "@/lib/redis/erasure/schema";

export const CLASS_ORDER: ErasureClass[] = ["sessions", "rate-limits", "memories", "disputed", "console"];

/** 1 key, 103 keys, 0 keys. */
export function keysText(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "key" : "keys"}`;
}

/** 103 keys and 1 console entry. */
export function amountText(counts: ClassCounts): string {
  const keys = counts.sessions + counts["rate-limits"] + counts.memories + counts.disputed;
  if (counts.console === 0) return keysText(keys);
  const entries = `${formatCount(counts.console)} console ${counts.console === 1 ? "entry" : "entries"}`;
  return keys === 0 ? entries : `${keysText(keys)} and ${entries}`;
}

/** 103 keys were erased. */
export function erasedText(counts: ClassCounts): string {
  const one = Object.values(counts).reduce((sum, count) => sum + count, 0) === 1;
  return `${amountText(counts)} ${one ? "was" : "were"} erased`;
}

/** For buttons: the keys that go. Settings of the console go along, and the dialog says so. */
export function goalText(counts: ClassCounts): string {
  const keys = counts.sessions + counts["rate-limits"] + counts.memories + counts.disputed;
  return keys === 0 ? amountText(counts) : keysText(keys);
}

const REASONS: Record<Dispute, string> = {
  "outside-grammar": "name is outside the grammar",
  "wrong-type": "another type of value",
  "other-owner": "names two people",
  "other-form": "other form of the name",
};

/** A few words for lists of counts: "2 × names two people". */
export function reasonWord(reason: Dispute): string {
  return REASONS[reason];
}

/** Why one key is in doubt, in a sentence an officer can decide by. */
export function reasonSentence({ reason, type, otherUser, foundBy }: DisputedKey): string {
  const other = otherUser === null ? "somebody else" : `“${otherUser}”`;
  switch (reason) {
    case "other-owner":
      return foundBy === "index"
        ? `Its user_id field names this person, but its name lies under ${other}. Only the index knows of it.`
        : `Its name says this person, its user_id field says ${other}.`;
    case "wrong-type":
      return `It holds a ${type}, which no session, limit or memory of this name is.`;
    case "other-form":
      return "The id is written in the other form (with or without braces) than this store is set to: it may be another person of that name.";
    case "outside-grammar":
      return foundBy === "index"
        ? "Its user_id field names this person, but its name is not one that assistants give."
        : "It lies under this person's name but is no session, limit or memory by its name.";
  }
}

/** Art. 17(1) of the General Data Protection Regulation, in short. */
export const GROUNDS: [ground: ErasureGround, words: string][] = [
  ["a", "(a) no longer needed for what it was collected for"],
  ["b", "(b) consent was withdrawn"],
  ["c", "(c) the person objects"],
  ["d", "(d) it was processed unlawfully"],
  ["e", "(e) a law demands it"],
  ["f", "(f) it was collected from a child"],
];
