/**
 * What an index said of itself, believed for a while. FT.INFO walks the name of every document: 50 ms at 200,000
 * (measured, Query Engine 2.10.5), in which Redis serves nobody. A search needs it each time, and it seldom changes.
 */
import { perOwner } from "../../per-process";
import { isError } from "../store/reply";
import type { Store } from "../store/store";
import type { IndexInfo } from "./index-types";
import { parseIndexInfo } from "./parse-index-info";

/** A refused command's place in a pipeline's answers. */
type ErrorReply = Extract<Awaited<ReturnType<Store["pipeline"]>>[number], Error>;

/** Below this an answer takes half a millisecond, and is asked for each time. */
const LARGE_DOCUMENTS = 10_000;
const LONGEST_MS = 30_000;
/** While it is built, people watch it. */
const BUILDING_MS = 1_000;

interface Known {
  info: IndexInfo | Promise<IndexInfo | ErrorReply>;
  untilMs: number;
}

const knownOf = perOwner("index-info", (_store: Store) => new Map<string, Known>());

/** FT.INFO of each name, in one round trip for those that are not known. */
export async function recentInfos(
  store: Store,
  names: readonly string[],
): Promise<(IndexInfo | ErrorReply)[]> {
  const known = knownOf(store);
  const now = Date.now();
  const stale = names.filter((name) => (known.get(name)?.untilMs ?? 0) <= now);
  const asked = stale.length > 0 ? ask(store, stale) : null;
  for (const [at, name] of stale.entries()) {
    // Of a large one only the first asks: the others, who find it stale too, wait for the same answer.
    if (asked && known.has(name)) {
      const info = asked.then((infos) => infos[at]!);
      info.catch(() => known.delete(name));
      known.set(name, { info, untilMs: Number.POSITIVE_INFINITY });
    }
  }
  const fresh = new Map((await asked)?.map((info, at) => [stale[at]!, info]));
  for (const [name, info] of fresh) remember(known, name, info);
  return Promise.all(names.map((name) => fresh.get(name) ?? known.get(name)!.info));
}

/** After an index or an alias was changed here: the next look asks. Others' changes are seen within half a minute. */
export function forgetIndexInfo(store: Store): void {
  knownOf(store).clear();
}

async function ask(store: Store, names: readonly string[]): Promise<(IndexInfo | ErrorReply)[]> {
  const replies = await store.pipeline(names.map((name) => ["FT.INFO", name] as const));
  return replies.map((reply) => (isError(reply) ? reply : parseIndexInfo(reply)));
}

function remember(known: Map<string, Known>, name: string, info: IndexInfo | ErrorReply): void {
  const believedMs = isError(info) ? 0 : believed(info);
  if (believedMs === 0) known.delete(name);
  else known.set(name, { info: info as IndexInfo, untilMs: Date.now() + believedMs });
}

/** The longer an answer takes, the longer it holds: 200,000 documents ten seconds, half a percent of Redis's time. */
function believed({ documents, indexing, percentIndexed }: IndexInfo): number {
  if (documents < LARGE_DOCUMENTS) return 0;
  return indexing || percentIndexed < 1 ? BUILDING_MS : Math.min(LONGEST_MS, documents / 20);
}
