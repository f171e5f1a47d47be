import { parseLine } from "../audit-chain/canonical";
import { readLines, readLinesBack } from "../audit-chain/stored";
import type { Store } from "../store/store";

/** The first and the last sequence that lie in Redis; null when there is none. */
export async function keptRange(store: Store): Promise<{ firstSeq: number; lastSeq: number } | null> {
  const [[first], [last]] = await Promise.all([
    readLines(store, 1, Number.MAX_SAFE_INTEGER, 1),
    readLinesBack(store, null, 1),
  ]);
  return first && last ? { firstSeq: first.seq, lastSeq: last.seq } : null;
}

/** The first sequence whose time is not before `timeMs`, by halving: times never go back along the chain. */
export async function firstSeqFrom(
  store: Store,
  { firstSeq, lastSeq }: { firstSeq: number; lastSeq: number },
  timeMs: number,
): Promise<number> {
  let [low, high] = [firstSeq, lastSeq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // A gap or a line that is no entry: the next one that is there decides.
    const lines = await readLines(store, middle, lastSeq, 5);
    const at = lines.find(({ line }) => parseLine(line));
    const entry = at && parseLine(at.line)?.entry;
    if (at && entry && entry.timeMs < timeMs) low = at.seq + 1;
    else high = middle;
  }
  return low;
}
