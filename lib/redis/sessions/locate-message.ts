/** Finding a message again after the list has moved. */

import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import type { LocatedMessage } from "./find-schema";
import { markOf } from "./message-mark";
import { readDigests } from "./read-chunk";

/** How far from its old place a message is looked for first, and how many messages one look takes. */
const REACH = 5_000;
const LOOK = 500;
/** All of a list of 100,000 takes about a second; nobody waits much longer than this. */
const BUDGET_MS = 2_500;

export interface LocateInput extends SessionId {
  /** Where it stood, counted from the oldest message. */
  position: number;
  /** Its mark, and those of the newer ones that followed it. */
  marks: readonly string[];
  /** Only within {@link REACH} of where it stood. */
  near?: boolean;
  budgetMs?: number;
}

/**
 * At its old place first, then at lower ones, where a trim has moved it, then at higher ones; farther and farther away,
 * until it is found, the whole list was looked at or the time is up. Of twins the first that is followed by the right
 * messages counts. New messages move nothing.
 * @throws SafeError `not_found` when there is no such session, `store_refused`
 */
export async function locateMessage(store: Store, input: LocateInput): Promise<LocatedMessage> {
  const key = keyOfSession(input);
  const { position, marks, near = false, budgetMs = BUDGET_MS } = input;
  const endMs = performance.now() + budgetMs;
  let length = 0;

  async function digestsAt(from: number, to: number): Promise<string[]> {
    const digests: string[] = [];
    // Of giants one answer has fewer than were asked for.
    for (;;) {
      const found = await readDigests(store, key, from + digests.length, to);
      if (!found) throw noSuchSession();
      length = found.length;
      digests.push(...found.digests);
      if (found.digests.length === 0 || from + digests.length > Math.min(to, length - 1)) return digests;
    }
  }

  /** The match that is nearest to the old place, among the starts in a range. */
  async function look(from: number, to: number): Promise<number | null> {
    const here = (await digestsAt(from, to + marks.length - 1)).map((digest) => markOf(input, digest));
    const starts = here.flatMap((_, index) => {
      const fits = marks.every((mark, ahead) => {
        // What followed may have been taken away at the newest end, the message itself not.
        const there = here[index + ahead];
        return there === mark || (there === undefined && ahead > 0);
      });
      return fits && index <= to - from ? [from + index] : [];
    });
    starts.sort((a, b) => Math.abs(a - position) - Math.abs(b - position));
    return starts[0] ?? null;
  }

  const [oldest] = await digestsAt(0, 0);
  const startLength = length;
  const same = await look(position, position);
  if (same !== null) return { position: same, length, everywhere: false };

  let below = Math.min(position, length);
  let above = position + 1;
  for (const reach of near ? [REACH] : [REACH, Number.POSITIVE_INFINITY]) {
    for (; below > 0 && position - below < reach && performance.now() < endMs; ) {
      const from = Math.max(0, below - LOOK);
      const found = await look(from, below - 1);
      if (found !== null) return { position: found, length, everywhere: false };
      below = from;
    }
    for (; above < length && above - position < reach && performance.now() < endMs; ) {
      const found = await look(above, Math.min(above + LOOK, length) - 1);
      if (found !== null) return { position: found, length, everywhere: false };
      above += LOOK;
    }
  }
  const looked = below <= 0 && above >= length;
  // While it was looked for the list moved: then it may have passed from a part that was not looked at yet into one that was.
  const isStill = looked && (await digestsAt(0, 0))[0] === oldest && length >= startLength;
  return { position: null, length, everywhere: isStill };
}
