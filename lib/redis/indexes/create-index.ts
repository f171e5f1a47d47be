/** FT.CREATE over the keys of people. */

import { configuredEmbedders } from "../../embeddings/embedder";
import { env } from "../../env";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { activeIndex } from "../query-engine/active-index";
import { readIndexInfo } from "../query-engine/index-info";
import { bindModel } from "../query-engine/index-models";
import { forgetIndexInfo } from "../query-engine/recent-info";
import type { Store } from "../store/store";
import { nameTaken, requireEngine, saysTaken } from "./failures";
import { createIndexCommand, type IndexForm, type IndexPlan, planOfForm, type VectorPlan } from "./rules";
import { keepChoice } from "./uses";

export interface NewIndex {
  name: string;
  form: IndexForm;
  vector: VectorPlan;
  /** Whose vectors it is for; null: nobody says. */
  model: string | null;
}

/**
 * Redis fills it in the background; `percentIndexed` tells how far it is.
 * @throws SafeError `conflict` when the name is taken, `dimension_mismatch`, `no_query_engine`
 */
export async function createIndex(
  store: Store,
  consoleStore: Store,
  { name, form, vector, model }: NewIndex,
): Promise<{ name: string }> {
  await requireEngine(store);
  requireModelFits(model, vector.dimensions);
  await requireFreeName(store, name);
  await keepChoice(consoleStore, await activeIndex(store, consoleStore));
  const plan = planOfForm({ name, prefix: env().USER_KEY_PREFIX, form, vector });
  await sendCreate(store, consoleStore, plan, vector.field, model);
  return { name };
}

/** FT.CREATE takes the name of an alias, and the alias then leads nowhere (measured): it is taken as well. */
export async function requireFreeName(store: Store, name: string): Promise<void> {
  if (await readIndexInfo(store, name)) throw nameTaken(name);
}

/** A configured model of another length could never fill the index. One that is not configured is taken at its word. */
export function requireModelFits(model: string | null, dimensions: number): void {
  const named = configuredEmbedders().filter((one) => one.model === model);
  if (named.length === 0 || named.some((one) => one.dimensions === dimensions)) return;
  throw new SafeError(
    "dimension_mismatch",
    `${model} gives ${named[0]!.dimensions} numbers, the index would want ${dimensions}.`,
    { field: "model", hint: "Choose the model's own length, or another model." },
  );
}

/** Send it, and write down what only the console knows. The binding comes first: a guess must not be acted on meanwhile. */
export async function sendCreate(
  store: Store,
  consoleStore: Store,
  plan: IndexPlan,
  field: string,
  model: string | null,
): Promise<void> {
  await bindModel(consoleStore, plan.name, model);
  await consoleStore.command("SADD", consoleKeys.vectorFields(), field);
  try {
    await store.command(...createIndexCommand(plan));
  } catch (error) {
    await bindModel(consoleStore, plan.name, null);
    throw saysTaken(error) ? nameTaken(plan.name) : error;
  } finally {
    forgetIndexInfo(store);
  }
}
