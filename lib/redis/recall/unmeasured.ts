/** Memories that the index holds and a search by meaning passes over without a word: no distance to them can be told. */
import { claimOf } from "../keys";
import { redisCliText } from "../query-engine/command-text";
import { isMeasurable, vectorBytes } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import { filterQuery } from "../query-engine/query-builder";
import { isError, toArray, toBuffer, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { IndexQuestion } from "./search-index";
import type { SearchCommand } from "./types";

/** Of a store without persons to name, no more are looked at; a list that ended has fewer anyway. */
const MAX_LOOKED = 1_000;
const BATCH = 200;

/**
 * To be asked where the list of the nearest ended before it was full: whoever passes the filter and is not in it has no
 * vector, or one that no distance can be told to. One round trip, and more only where somebody is missing.
 * @param nearest latin1 names of the keys that the list brought
 */
export async function countUnmeasured(
  store: Store,
  { index, clauses, userId, category }: Pick<IndexQuestion, "index" | "clauses" | "userId" | "category">,
  nearest: ReadonlySet<string>,
): Promise<{ count: number; commands: SearchCommand[]; ms: number }> {
  const startedAt = performance.now();
  const field = memoryFields(index).vector;
  const wanted = field && vectorBytes(field.vector.dataType, field.vector.dimensions);
  if (!field || wanted === null) return { count: 0, commands: [], ms: 0 };
  const all: Command = [
    ...(["FT.SEARCH", index.name, filterQuery(clauses), "NOCONTENT"] as const),
    ...(["LIMIT", 0, MAX_LOOKED, "DIALECT", 2] as const),
  ];
  const keys = toArray(await store.command(...all)).slice(1);
  const ms = performance.now() - startedAt;
  const missing = keys.map((key) => toBuffer(key)).filter((key) => !nearest.has(key.toString("latin1")));
  let count = 0;
  for (let at = 0; at < missing.length; at += BATCH) {
    const some = missing.slice(at, at + BATCH);
    const replies = await store.pipeline(
      some.map((key) => ["HMGET", key, "user_id", field.identifier] as const),
    );
    count += some.filter((key, place) => {
      const reply = replies[place];
      if (reply === undefined || isError(reply)) return false;
      const [userIdField = null, bytes = null] = toArray(reply).map((value) => toBufferOrNull(value));
      const claim = claimOf(key, "hash", userIdField);
      if (claim.dispute !== null || claim.parsed.class !== "memories") return false;
      if (userId && !claim.owner.equals(userId)) return false;
      if (category && !claim.parsed.category.equals(category)) return false;
      const { dataType, metric } = field.vector;
      return bytes?.length === wanted && !isMeasurable(bytes, dataType, metric);
    }).length;
  }
  if (count === 0) return { count, commands: [], ms };
  return { count, commands: [{ purpose: "left-out", text: redisCliText(all), times: 1, ms }], ms };
}
