/** What a search of a session has found so far. It goes from the newest message to the oldest. */
import { formatCount } from "@/lib/format";
import type { FoundMessages } from "@/lib/redis/sessions/find-schema";

export interface Found {
  words: string;
  /** Oldest first; empty where messages are masked. */
  positions: number[];
  total: number;
  /** Messages before this position are still to be searched; 0 when all were. */
  rest: number;
  /** Messages from this position on came after the search began, and were not searched. */
  end: number;
  listMark: string;
  cutMessages: number;
  masked: boolean;
}

/** The first answer, or one about older messages than those that are known. */
export function withOlder(words: string, before: Found | null, answer: FoundMessages): Found {
  const known = answer.anew ? null : before;
  return {
    words,
    positions: [...answer.positions, ...(known?.positions ?? [])],
    total: (known?.total ?? 0) + answer.total,
    rest: answer.next ?? 0,
    end: known?.end ?? answer.length,
    listMark: answer.listMark,
    cutMessages: (known?.cutMessages ?? 0) + answer.cutMessages,
    masked: answer.masked === true,
  };
}

/** An answer about all messages from {@link Found.end} on. @returns null when there were too many for one answer */
export function withNewer(known: Found, answer: FoundMessages): Found | null {
  if (answer.anew) return withOlder(known.words, null, answer);
  if (answer.next !== null) return null;
  return {
    ...known,
    positions: [...known.positions, ...answer.positions],
    total: known.total + answer.total,
    end: answer.length,
    listMark: answer.listMark,
    cutMessages: known.cutMessages + answer.cutMessages,
    masked: answer.masked === true,
  };
}

/**
 * The match to go to from where the reader is: at first the newest one. From the last one it goes round, unless older
 * messages are still to be searched.
 * @param at position that is shown; it need not be a match
 */
export function stepTo({ positions, rest }: Found, at: number | null, by: 1 | -1): number | null {
  const [oldest, newest] = [positions[0], positions.at(-1)];
  if (oldest === undefined || newest === undefined) return null;
  if (at === null) return newest;
  const next = by === -1 ? positions.findLast((one) => one < at) : positions.find((one) => one > at);
  if (next !== undefined) return next;
  if (rest > 0) return null;
  return by === -1 ? newest : oldest;
}

/** Which of how many: counted from the oldest, or from the newest as long as older ones may be found. */
export function countWords({ positions, total, rest }: Found, at: number | null): string {
  const index = at === null ? -1 : positions.indexOf(at);
  if (rest > 0) {
    return index >= 0
      ? `number ${formatCount(positions.length - index)} from the newest, of at least ${formatCount(total)}`
      : `at least ${formatCount(total)} ${total === 1 ? "message holds it" : "messages hold it"}`;
  }
  if (index >= 0) return `${formatCount(index + 1)} of ${formatCount(total)}`;
  return `${formatCount(total)} ${total === 1 ? "message holds it" : "messages hold it"}`;
}
