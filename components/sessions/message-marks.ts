/** What stands between two messages: a new day, a pause, a time that runs backwards. */
import { formatDay, type Zone } from "@/lib/format";

export interface Mark {
  /** A time within the day that begins here. */
  dayMs: number | null;
  /** "4 h later"; null after a short pause. */
  pause: string | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOOK_BACK = 20;

/** "4 h later", "3 d later", "2 h earlier". Pauses under an hour need no line. */
export function pauseWords(ms: number): string | null {
  if (ms >= DAY) return `${Math.floor(ms / DAY)} d later`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} h later`;
  if (ms > -MINUTE) return null;
  const back = -ms;
  const amount =
    back >= DAY
      ? `${Math.floor(back / DAY)} d`
      : back >= HOUR
        ? `${Math.floor(back / HOUR)} h`
        : `${Math.floor(back / MINUTE)} min`;
  return `${amount} earlier by its time`;
}

/** The line above a message. Messages without a time are passed over. */
export function markBefore(
  items: readonly { timestampMs: number | null }[],
  index: number,
  zone: Zone,
): Mark {
  const at = items[index]?.timestampMs ?? null;
  if (at === null) return { dayMs: null, pause: null };
  for (let back = index - 1; back >= Math.max(0, index - LOOK_BACK); back -= 1) {
    const before = items[back]?.timestampMs ?? null;
    if (before === null) continue;
    const newDay = formatDay(before, zone) !== formatDay(at, zone);
    return { dayMs: newDay ? at : null, pause: pauseWords(at - before) };
  }
  return { dayMs: at, pause: null };
}
