/** Finding a message again after the list has moved. */

import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import type { LocatedMessage } from "./find-schema";
import { markOf } from "./message-mark";
import { readDigests } from "./read-chunk";

/** How far from its old place a message is looked for, and how many messages one look takes. */
const REACH = 5_000;
const LOOK = 500;

export interface LocateInput extends SessionId {
  /** Where it stood, counted from the oldest message. */
  position: number;
  /** Its mark, and those of the newer ones that followed it. */
  marks: readonly string[];
}

/**
 * At its old place first, then at lower ones, where a trim has moved it, then at higher ones. Of twins the first
 * that is followed by the right messages counts. New messages move nothing.
 * @throws SafeError `not_found` when there is no such session, `store_refused`
 */
export async function locateMessage(store: Store, input: LocateInput): Promise<LocatedMessage> {
  const key = keyOfSession(input);
  const { position, marks } = input;
  let length = 0;

  /** The match that is nearest to the old place, among the starts in a range. */
  async function look(from: number, to: number): Promise<number | null> {
    const found = await readDigests(store, key, from, to + marks.length - 1);
    if (!found) throw noSuchSession();
    length = found.length;
    const here = found.digests.map((digest) => markOf(input, digest));
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

  const same = await look(position, position);
  if (same !== null) return { position: same, length };
  for (let end = Math.min(position - 1, length - 1); end >= 0 && end > position - REACH; end -= LOOK) {
    const found = await look(Math.max(0, end - LOOK + 1), end);
    if (found !== null) return { position: found, length };
  }
  for (let from = position + 1; from < length && from < position + REACH; from += LOOK) {
    const found = await look(from, Math.min(from + LOOK, length) - 1);
    if (found !== null) return { position: found, length };
  }
  return { position: null, length };
}
