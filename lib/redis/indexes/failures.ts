/** Refusals that several operations on indexes share. */
import { env } from "../../env";
import { SafeError } from "../../errors";
import type { IndexInfo } from "../query-engine/index-types";
import { forgetIndexInfo } from "../query-engine/recent-info";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";

/** @throws SafeError `no_query_engine` */
export async function requireEngine(store: Store): Promise<void> {
  // Before a change it counts what is there now, and not what was believed.
  forgetIndexInfo(store);
  if ((await store.capabilities()).queryEngine !== null) return;
  throw new SafeError("no_query_engine", "This Redis has no Query Engine, so it cannot hold an index.", {
    hint: "Use Redis 8 with the Query Engine (the official image has it).",
  });
}

/**
 * In a cluster without a coordinator the name of an index leads to the one node that keeps it, so another name may hold
 * other memories (RediSearch issue 3573).
 * @throws SafeError `conflict` there
 */
export async function requireOneIndexForAll(store: Store): Promise<void> {
  if (!(await store.capabilities()).searchCoversOneShard) return;
  throw new SafeError(
    "conflict",
    "In this cluster an index holds the memories of one node, and a new one could lie on another.",
    { hint: "Its Query Engine has no coordinator. Redis 8's own builds have one." },
  );
}

/** @throws SafeError `conflict` when it cannot hold the memories of people */
export function requireMemories(index: IndexInfo): void {
  if (index.keyType === "HASH" && index.coverage !== "none") return;
  const why = index.keyType === "HASH" ? "looks at none of the keys of people" : "is not over hashes";
  throw new SafeError("conflict", `The index ${index.name} ${why}, so it cannot hold their memories.`, {
    hint: `An index over HASH with the prefix ${env().USER_KEY_PREFIX} can.`,
  });
}

export function gone(name: string): SafeError {
  return new SafeError("not_found", `There is no index ${name} any more.`, {
    hint: "It was dropped or renamed since this page was loaded.",
  });
}

export function nameTaken(name: string): SafeError {
  return new SafeError("conflict", `There is an index or an alias ${name} already.`, {
    field: "name",
    hint: "Choose another name, or adopt the one that is there.",
  });
}

export function saysTaken(error: unknown): boolean {
  return /index already exists/i.test(refusalText(error));
}
