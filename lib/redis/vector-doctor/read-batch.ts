/** Memories of a walk, as the doctor needs them: text, vector, and what stands beside it. */
import { type ParsedKey, parseKey } from "../keys";
import { companionsOf } from "../memory-vectors";
import { isError, toArray, toBufferOrNull, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { StoredVector } from "./classify";
import type { DoctorTarget } from "./target";

export interface StoredMemory extends StoredVector {
  key: Buffer;
  parsed: ParsedKey & { class: "memories" };
  vectorBytes: number;
  contentBytes: number;
}

/** Longer values are not fetched: no vector and no text of a memory is so long, and a batch of them would be too much. */
export const MAX_FETCHED_BYTES = 1_000_000;

/** Which of these keys are memories under the index's prefixes, each once. */
export function memoriesAmong(keys: readonly Buffer[], target: Pick<DoctorTarget, "prefixes">) {
  const found = new Map<string, Pick<StoredMemory, "key" | "parsed">>();
  for (const key of keys) {
    const parsed = parseKey(key);
    const covered =
      target.prefixes.length === 0 ||
      target.prefixes.some((prefix) => key.subarray(0, prefix.length).equals(prefix));
    if (parsed?.class === "memories" && covered) found.set(key.toString("latin1"), { key, parsed });
  }
  return [...found.values()];
}

/**
 * Two round trips: how long the values are, then the values. What is gone meanwhile, or no hash, is left out.
 * @returns in the order of the names
 */
export async function readMemories(
  store: Store,
  names: readonly Pick<StoredMemory, "key" | "parsed">[],
  field: string,
): Promise<StoredMemory[]> {
  const { model, digest } = companionsOf(field);
  const sizes = await store.pipeline(
    names.flatMap(({ key }): Command[] => [
      ["EXISTS", key],
      ["HSTRLEN", key, "content"],
      ["HSTRLEN", key, field],
    ]),
  );
  // WRONGTYPE: no hash.
  const hashes = names.flatMap((name, at) => {
    const [exists, content, vector] = sizes.slice(at * 3, at * 3 + 3);
    if (isError(content) || isError(vector) || toInt(exists) === 0) return [];
    return [{ ...name, contentBytes: toInt(content), vectorBytes: toInt(vector) }];
  });
  const values = await store.pipeline(
    hashes.map(({ key, contentBytes, vectorBytes }): Command => {
      const long = { content: contentBytes > MAX_FETCHED_BYTES, vector: vectorBytes > MAX_FETCHED_BYTES };
      return [
        "HMGET",
        key,
        model,
        digest,
        ...(long.content ? [] : ["content"]),
        ...(long.vector ? [] : [field]),
      ];
    }),
  );
  return hashes.flatMap(({ key, parsed, contentBytes, vectorBytes }, at) => {
    const reply = values[at];
    if (isError(reply)) return [];
    const [modelName, digestText, ...rest] = toArray(reply).map((value) => toBufferOrNull(value));
    const content = contentBytes > MAX_FETCHED_BYTES ? null : (rest.shift() ?? null);
    // Any bytes of a wrong length stand for those that were not fetched.
    const vector = vectorBytes > MAX_FETCHED_BYTES ? Buffer.alloc(1) : (rest.shift() ?? null);
    return [
      {
        ...{ key, parsed, content, vector, contentBytes, vectorBytes },
        model: modelName?.toString("utf8") ?? null,
        digest: digestText?.toString("latin1") ?? null,
      },
    ];
  });
}
