/** One walk over all memories of an index, each with what is wrong with its vector. */
import { cosineDistance, fromFloat32LE } from "../../embeddings/vector";
import { everyUserPattern } from "../keys";
import { isStillThere, type ScanPlace, scanFrom } from "../keyspace/scan-places";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import { type Finding, findFault, hasText } from "./classify";
import { type Pace, paced } from "./pace";
import { memoriesAmong, readMemories, type StoredMemory } from "./read-batch";
import type { WalkState } from "./states";
import type { DoctorTarget } from "./target";

export interface Examined {
  place: ScanPlace;
  /** Keys of the store that SCAN gave. */
  keys: number;
  memories: number;
  faulty: { memory: StoredMemory; finding: Finding }[];
}

/** Keys remembered so that one that SCAN gives twice counts once; beyond, a count may be a little high. */
const MAX_REMEMBERED = 200_000;

/**
 * Batches in order, each after a rest.
 * @param deep embed the texts of vectors that nothing is noted of, and compare: costs an embedding for each
 */
export async function* examine(
  store: Store,
  target: DoctorTarget,
  { from, deep, pace }: { from: ScanPlace | null; deep: boolean; pace: Pace },
): AsyncGenerator<Examined> {
  const counted = new Set<string>();
  for await (const { keys, place } of scanFrom(store, everyUserPattern(), { from, count: pace.scanCount })) {
    const names = memoriesAmong(keys, target);
    const memories: StoredMemory[] = [];
    // SCAN may give many more than it was asked for.
    for (let at = 0; at < names.length; at += pace.scanCount) {
      const some = names.slice(at, at + pace.scanCount);
      memories.push(...(await paced(pace, () => readMemories(store, some, target.field))));
    }
    const faulty = memories.flatMap((memory) => {
      const finding = findFault(memory, target);
      return finding ? [{ memory, finding }] : [];
    });
    if (deep) faulty.push(...(await staleByMeaning(memories, target)));
    const fresh = faulty.filter(({ memory }) => !counted.has(memory.key.toString("latin1")));
    for (const { memory } of fresh) {
      if (counted.size < MAX_REMEMBERED) counted.add(memory.key.toString("latin1"));
    }
    yield { place, keys: keys.length, memories: memories.length, faulty: fresh };
  }
}

/** The same model gives the same text the same vector but for rounding; another text's is further than this. */
const SAME_TEXT_DISTANCE = 0.01;

/** Healthy by all that is written beside it, and yet of another text, or of a model of the same length. */
async function staleByMeaning(memories: readonly StoredMemory[], target: DoctorTarget) {
  const { embedder } = target;
  if (!embedder) return [];
  const unsure = memories.filter(
    (memory) => memory.digest === null && hasText(memory.content) && findFault(memory, target) === null,
  );
  const vectors = await embedder.embed(
    unsure.map(({ content }) => content!.toString("utf8")),
    "batch",
  );
  return unsure.flatMap((memory, at) => {
    const distance = cosineDistance(fromFloat32LE(memory.vector!), vectors[at]!);
    const finding: Finding = { fault: "stale", cure: "embed", mended: null };
    return distance > SAME_TEXT_DISTANCE ? [{ memory, finding }] : [];
  });
}

/** Keys of the store, on all its servers. */
export async function countKeys(store: Store): Promise<number> {
  const counts = await store.everyNode("DBSIZE");
  return counts.reduce<number>((sum, count) => sum + toInt(count), 0);
}

/** The state to go on from, or the one to begin with where the place means nothing any more. */
export async function goOnFrom<State extends WalkState>(
  store: Store,
  before: State | null,
  begin: State,
): Promise<State> {
  const total = await countKeys(store);
  const goesOn = before !== null && (before.place === null || (await isStillThere(store, before.place)));
  return { ...(goesOn ? before : begin), total };
}
