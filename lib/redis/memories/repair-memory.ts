/** Mending the fields that an assistant left out or wrote in another unit. */
import { displayBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { readTimestamp } from "./fields";
import type { MemoryChange } from "./history-schema";
import { keyOf, type MemoryName } from "./memory-ref";
import { CHANGED, type Written, writeFields } from "./write-fields";

export interface MemoryRepair {
  userId: Buffer;
  memory: MemoryName;
  /** From the read that the repair is based on. */
  version: string;
  /**
   * `user_id` writes the id that the key names, where the field is missing; `seconds` makes seconds of a timestamp in
   * milliseconds; `timestamp` writes {@link timestampSeconds}.
   */
  repair: "user_id" | "seconds" | "timestamp";
  /** Unix seconds. */
  timestampSeconds?: number;
}

export interface Repaired {
  change: MemoryChange;
  written: Written;
}

/** @throws SafeError `conflict` (version, owner, or there is nothing to mend), `not_found` */
export async function repairMemory(store: Store, input: MemoryRepair): Promise<Repaired> {
  const { userId, memory, version } = input;
  const key = keyOf(userId, memory);
  const [id, timestamp] = toArray(await store.command("HMGET", key, "user_id", "timestamp")).map((value) =>
    toBufferOrNull(value),
  );
  const { field, value } = repaired(input, id ?? null, timestamp ?? null);
  const written = await writeFields(store, { userId, memory, version, fields: [field, value] });
  const before = field === "timestamp" && timestamp ? displayBytes(timestamp.subarray(0, 100)) : null;
  const after = Buffer.isBuffer(value) ? displayBytes(value) : String(value);
  return { change: { what: field, before, after }, written };
}

function repaired(
  { repair, userId, timestampSeconds }: MemoryRepair,
  id: Buffer | null,
  timestamp: Buffer | null,
): { field: "user_id" | "timestamp"; value: Arg } {
  if (repair === "user_id") {
    // Written meanwhile: by the script's own look it can only be this person's.
    if (id) throw CHANGED;
    return { field: "user_id", value: userId };
  }
  if (repair === "seconds") {
    const { ms, problem } = readTimestamp(timestamp);
    if (ms === null || !problem?.includes("milliseconds")) {
      throw new SafeError("conflict", "Its timestamp is not in milliseconds, so there is nothing to mend.", {
        hint: "Look at what is there now.",
      });
    }
    return { field: "timestamp", value: Math.floor(ms / 1_000) };
  }
  if (timestampSeconds === undefined) {
    throw new SafeError("invalid_input", "timestampSeconds: is missing", { field: "timestampSeconds" });
  }
  return { field: "timestamp", value: timestampSeconds };
}
