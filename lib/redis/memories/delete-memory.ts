/** Taking one memory away. */
import type { Store } from "../store/store";
import { takeAway } from "./memory-image";
import type { MemoryName } from "./memory-ref";
import type { Held } from "./undo";

export interface MemoryToDelete {
  userId: Buffer;
  memory: MemoryName;
  /** Delete it only while it is this one. */
  version?: string;
}

/** @throws SafeError `not_found` when it is gone already, `conflict` when its owner is in doubt or it was changed */
export async function deleteMemory(store: Store, input: MemoryToDelete): Promise<{ deleted: true }> {
  return (await takeMemory(store, input)).result;
}

/** The same, with what an undo needs; `held` is null for a memory too large to be held. */
export async function takeMemory(
  store: Store,
  input: MemoryToDelete,
): Promise<{ result: { deleted: true }; held: Held | null }> {
  const image = await takeAway(store, input);
  return { result: { deleted: true }, held: image && { kind: "deleted", memories: [image], kept: null } };
}
