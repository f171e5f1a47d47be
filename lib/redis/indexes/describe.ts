/** {@link IndexInfo} as the Index page shows it: failures with their person, memories counted. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { readJob } from "../jobs/job-state";
import { jobView } from "../jobs/job-view";
import { parseKey } from "../keys";
import { claimKeys } from "../keyspace/claims";
import { nameOf } from "../keyspace/kept-of-person";
import { readForeignHits } from "../query-engine/foreign-hits";
import { memoryFields } from "../query-engine/index-info";
import { modelsOfIndexes } from "../query-engine/index-models";
import type { IndexFailure, IndexInfo } from "../query-engine/index-types";
import { keysInIndex } from "../query-engine/keys-in-index";
import { everyNumberQuery } from "../query-engine/query-builder";
import { isError, toArray, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { type RebuildInput, rebuildJob } from "./rebuild";
import type { RebuildState } from "./rebuild-state";
import type { IndexDto, IndexFailureDto } from "./types";
import { type Aliases, usesOf } from "./uses";

/** Counting walks the numeric tree: left out for indexes of more documents. */
const MAX_COUNTED = 200_000;

export async function describeForPage(
  store: Store,
  consoleStore: Store,
  indexes: readonly IndexInfo[],
  names: { aliases: Aliases; adopted: string | null },
): Promise<IndexDto[]> {
  const [tellers, memories, models, foreign, rebuilds] = await Promise.all([
    failureTellers(store, indexes),
    countMemories(store, indexes),
    modelsOfIndexes(consoleStore, indexes),
    readForeignHits(consoleStore),
    Promise.all(
      indexes.map(({ name }) => readJob<RebuildInput, RebuildState>(consoleStore, name, rebuildJob.kind)),
    ),
  ]);
  return indexes.map((index, at) => ({
    ...index,
    fields: index.fields.map((field) => ({ ...field, lastFailure: tellers[at]!(field.lastFailure) })),
    lastFailure: tellers[at]!(index.lastFailure),
    memories: memories[at] ?? null,
    mixesIds: mixesIds(index),
    uses: usesOf(index.name, names.aliases, names.adopted),
    model: {
      name: models[at]!.model,
      by: models[at]!.by,
      dimensions: models[at]!.embedder?.dimensions ?? null,
    },
    foreignHits: foreign.get(index.name) ?? null,
    rebuild: jobView<RebuildState>(rebuilds[at] ?? null),
  }));
}

/** By default a TAG is folded to lower case and split at commas: two people may be one to the index. */
function mixesIds(index: IndexInfo): boolean {
  const user = memoryFields(index).user;
  return user !== null && !user.flags.includes("CASESENSITIVE");
}

async function countMemories(store: Store, indexes: readonly IndexInfo[]): Promise<(number | null)[]> {
  const commands = indexes.map((index): Command | null => {
    const field = memoryFields(index).importance;
    if (!field || index.keyType !== "HASH" || index.documents > MAX_COUNTED) return null;
    return ["FT.SEARCH", index.name, everyNumberQuery(field), "LIMIT", 0, 0, "DIALECT", 2];
  });
  const replies = await store.pipeline(commands.filter((command) => command !== null));
  return commands.map((command) => {
    if (!command) return null;
    const reply = replies.shift();
    return reply === undefined || isError(reply) ? null : toInt(toArray(reply)[0]);
  });
}

type FailureTeller = (failure: IndexFailure | null) => IndexFailureDto | null;

/**
 * Of each index: whose the keys are that it left out, as far as they say, and whether it holds them by now. A key that
 * is gone meanwhile keeps its name only.
 */
async function failureTellers(store: Store, indexes: readonly IndexInfo[]): Promise<FailureTeller[]> {
  const named = indexes.map((index) => [
    ...new Map(
      [index, ...index.fields].flatMap(({ lastFailure }) =>
        lastFailure ? [[nameOf(lastFailure.key), lastFailure.key] as const] : [],
      ),
    ).values(),
  ]);
  const [claimed, held] = await Promise.all([
    claimKeys(store, named.flat()),
    Promise.all(
      indexes.map(({ name }, at) => (named[at]!.length > 0 ? keysInIndex(store, name, named[at]!) : null)),
    ),
  ]);
  const claims = new Map(claimed.map(({ key, claim }) => [nameOf(key), claim]));
  return held.map((inIndex) => (failure) => {
    if (!failure) return null;
    const claim = claims.get(nameOf(failure.key));
    const owner = claim ? claim.owner : (parseKey(failure.key)?.userId ?? null);
    const memory = claim?.dispute === null && claim.parsed.class === "memories" ? claim.parsed : null;
    return {
      keyText: displayBytes(failure.key),
      user: owner ? { ref: sealRef("user", owner), label: displayBytes(owner) } : null,
      memoryRef: memory
        ? sealRef("memory", Buffer.concat([memory.category, Buffer.from(":"), memory.number]))
        : null,
      reason: failure.reason,
      held: inIndex?.has(nameOf(failure.key)) ?? null,
    };
  });
}
