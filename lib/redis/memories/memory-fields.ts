/** The names of a memory's fields, of which there may be a million. */
import { companionsOf } from "../memory-vectors";
import { isError, toArray, toBuffers, toText } from "../store/reply";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import { notTheirs } from "./ownership";

const { model, dimensions, digest } = companionsOf();
/** A hash may have a million fields: these first, then as many others. */
const KNOWN = ["user_id", "content", "importance", "timestamp", "embedding", model, dimensions, digest];
export const MAX_FIELDS = 200;

/**
 * The known ones, whether they are there or not, and others, {@link MAX_FIELDS} in all.
 * @throws SafeError `conflict` when it is no hash
 */
export async function fieldNames(store: Store, key: Buffer): Promise<Buffer[]> {
  const names = new Map<string, Buffer>(KNOWN.map((name) => [name, Buffer.from(name)] as const));
  let cursor = "0";
  do {
    const [reply] = await store.pipeline([["HSCAN", key, cursor, "COUNT", MAX_FIELDS, "NOVALUES"]]);
    if (isError(reply)) throw /^WRONGTYPE/.test(refusalText(reply)) ? notTheirs("type") : reply;
    const [next, found] = toArray(reply);
    cursor = toText(next);
    for (const name of toBuffers(found)) names.set(name.toString("latin1"), name);
  } while (cursor !== "0" && names.size < MAX_FIELDS);
  return [...names.values()].slice(0, MAX_FIELDS);
}
