/** Which index the console uses, and whose vectors are in one. */
import { consoleKeys } from "../console-keys";
import { memoryFields, readIndexInfo } from "../query-engine/index-info";
import { bindModel } from "../query-engine/index-models";
import type { Store } from "../store/store";
import { requireModelFits } from "./create-index";
import { gone, requireEngine, requireMemories } from "./failures";
import { indexByOwnName } from "./uses";

/**
 * Use this index from now on, instead of MEMORY_INDEX; null goes back to it. One SET: who asks meanwhile gets the one
 * or the other.
 * @throws SafeError `not_found`, `conflict` when it cannot hold the memories of people
 */
export async function adoptIndex(
  store: Store,
  consoleStore: Store,
  input: { name: string | null },
): Promise<{ name: string | null }> {
  if (input.name === null) {
    await consoleStore.command("UNLINK", consoleKeys.adoptedIndex());
    return { name: null };
  }
  await requireEngine(store);
  const index = await readIndexInfo(store, input.name);
  if (!index) throw gone(input.name);
  requireMemories(index);
  await consoleStore.command("SET", consoleKeys.adoptedIndex(), index.name);
  return { name: index.name };
}

/**
 * Say whose vectors an index holds, where the guess is wrong; null lets the console guess again.
 * @throws SafeError `not_found`, `dimension_mismatch`
 */
export async function bindIndexModel(
  store: Store,
  consoleStore: Store,
  input: { name: string; model: string | null },
): Promise<{ name: string; model: string | null }> {
  await requireEngine(store);
  const index = await indexByOwnName(store, input.name);
  if (!index) throw gone(input.name);
  const vector = memoryFields(index).vector;
  if (vector) requireModelFits(input.model, vector.vector.dimensions);
  await bindModel(consoleStore, index.name, input.model);
  return input;
}
