/** From a time to a place in a session. */
import { maskTime } from "../../masking";
import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import type { FoundDate } from "./find-schema";
import { interpretMessage } from "./message";
import { readChunk } from "./read-chunk";

/** Messages that are looked at for one that has a time, at each step of the search. */
const STEP_MESSAGES = 16;
/** Messages around the place that was found: are their times in order? */
const AROUND = 24;
const BYTES = 1_000_000;
const HEAD_BYTES = 2_048;

export interface FindDateInput extends SessionId {
  atMs: number;
  /** Only times that a masked page shows: halving would find out a number that is no time but somebody's. */
  masked?: boolean;
}

interface Timed {
  position: number;
  ms: number;
}

/**
 * The first message of a time or later, by halving: 17 looks in a session of 100,000. Times may be missing or out
 * of order, because assistants write them as they like; then the place is one "about" there.
 * @throws SafeError `not_found`, `store_refused`
 */
export async function findDate(store: Store, input: FindDateInput): Promise<FoundDate> {
  const key = keyOfSession(input);
  const { atMs } = input;
  let length = 0;
  let about = false;
  const seen: Timed[] = [];

  async function timesFrom(from: number, count: number): Promise<Timed[]> {
    const chunk = await readChunk(store, key, {
      from,
      to: from + count - 1,
      budgetBytes: BYTES,
      headBytes: HEAD_BYTES,
    });
    if (!chunk) throw noSuchSession();
    length = chunk.length;
    return chunk.messages.flatMap((bytes, index) => {
      const { timestampMs } = interpretMessage(bytes, 0);
      const ms = input.masked ? maskTime(timestampMs) : timestampMs;
      return ms === null ? [] : [{ position: from + index, ms }];
    });
  }

  seen.push(...(await timesFrom(0, STEP_MESSAGES)));
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const timed = (await timesFrom(middle, STEP_MESSAGES)).find(({ position }) => position < high);
    if (!timed) {
      // A stretch without times tells nothing about its side: the older one is looked at.
      about ||= high - middle > STEP_MESSAGES;
      high = middle;
      continue;
    }
    seen.push(timed);
    if (timed.ms < atMs) low = timed.position + 1;
    else high = middle;
  }

  const around = await timesFrom(Math.max(0, low - AROUND), 2 * AROUND);
  const known = unique([...seen, ...around]);
  about ||= known.some(({ ms }, index) => index > 0 && ms < known[index - 1]!.ms);
  const exact = known.find(({ position, ms }) => position >= low && ms >= atMs);
  const afterAll = exact === undefined;
  const place = exact ?? known.filter(({ position }) => position <= low).at(-1) ?? known[0];
  return {
    position: place?.position ?? null,
    timestampMs: place?.ms ?? null,
    about: about && place !== undefined,
    afterAll: afterAll && place !== undefined,
    length,
  };
}

/** By position, each once. */
function unique(times: Timed[]): Timed[] {
  const byPosition = new Map(times.map((timed) => [timed.position, timed]));
  return [...byPosition.values()].sort((a, b) => a.position - b.position);
}
