/** Taking away vector fields that no index reads any more, from every memory. A step of its own, never part of a switch. */
import { configuredEmbedders } from "../../embeddings/embedder";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { defineJob, type JobContext } from "../jobs/job";
import { type StartedJob, startJob } from "../jobs/run-job";
import { everyUserPattern } from "../keys";
import { scanFrom } from "../keyspace/scan-places";
import { VECTOR_FIELD, vectorFieldNames } from "../memory-vectors";
import { describeIndexes } from "../query-engine/index-info";
import { isError, toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { goOnFrom } from "./examine";
import { GENTLE, paced } from "./pace";
import { memoriesAmong } from "./read-batch";
import { atBegin, type CleanUpState } from "./states";

/** What all clean-ups share as a job's scope: one at a time. */
export const CLEAN_UP_SCOPE = "everyone";

/** ARGV: the names. A hash that has nothing else is left as it is: taking its last field would delete the key. */
const CLEAN = `
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return 0 end
local there = 0
for i = 1, #ARGV do there = there + redis.call('HEXISTS', KEYS[1], ARGV[i]) end
if there == 0 or there == redis.call('HLEN', KEYS[1]) then return 0 end
redis.call('HDEL', KEYS[1], unpack(ARGV))
return 1`;

/** How often it is looked whether an index has come to read the field meanwhile. */
const LOOK_EVERY_MS = 1_000;

export const cleanUpJob = defineJob<{ field: string }, CleanUpState>({
  kind: "vector-clean-up",
  action: "doctor.clean-up-end",
  run: cleanUp,
  counts: ({ cleaned }) => ({ memories: cleaned }),
});

/** Fields that may hold vectors: what is configured, what the tutorial has, and what indexes of this console had. */
export async function vectorFields(
  store: Store,
  consoleStore: Store,
): Promise<{ field: string; indexes: string[] }[]> {
  const [{ indexes }, told] = await Promise.all([
    describeIndexes(store),
    consoleStore.command("SMEMBERS", consoleKeys.vectorFields()),
  ]);
  const readers = new Map<string, string[]>();
  const known = [VECTOR_FIELD, ...configuredEmbedders().map(({ field }) => field)];
  for (const field of [...known, ...toArray(told).map((name) => toText(name))]) readers.set(field, []);
  for (const index of indexes) {
    for (const { identifier, vector } of index.fields) {
      if (vector) readers.set(identifier, [...(readers.get(identifier) ?? []), index.name]);
    }
  }
  return [...readers].map(([field, names]) => ({ field, indexes: [...new Set(names)].sort() }));
}

/** @throws SafeError `invalid_input` (not typed), `not_found` (no vector field), `conflict` (an index reads it) */
export async function startCleanUp(
  context: JobContext,
  input: { field: string; confirm: string },
): Promise<StartedJob<{ field: string }, CleanUpState>> {
  if (input.confirm !== input.field) {
    throw new SafeError("invalid_input", "What was typed is not the field's name.", { field: "confirm" });
  }
  await requireUnread(context, input.field);
  return startJob(context, cleanUpJob, { scope: CLEAN_UP_SCOPE, input: { field: input.field } });
}

/** Nor may it be the last one: with every index dropped for a moment, all fields look as if nobody read them. */
async function requireUnread({ store, console }: JobContext, field: string): Promise<void> {
  const fields = await vectorFields(store, console);
  const found = fields.find((one) => one.field === field);
  if (!found) throw new SafeError("not_found", `Nobody knows of vectors in a field ${field}.`);
  if (found.indexes.length === 0 && fields.some(({ indexes }) => indexes.length > 0)) return;
  if (found.indexes.length === 0) {
    throw new SafeError("conflict", "No index reads any vectors now, so these may be the only ones.", {
      hint: "Create the index that recall shall use first.",
    });
  }
  throw new SafeError("conflict", `The field ${field} is read by ${found.indexes.join(", ")}.`, {
    hint: "Drop the index first; its documents stay.",
  });
}

async function* cleanUp(
  context: JobContext,
  { field }: { field: string },
  before: CleanUpState | null,
): AsyncGenerator<CleanUpState, void, void> {
  const { store } = context;
  const names = vectorFieldNames(field);
  let state = await goOnFrom(store, before, { ...atBegin(), field, cleaned: before?.cleaned ?? 0 });
  let lookedAtMs = 0;
  for await (const { keys, place } of scanFrom(store, everyUserPattern(), {
    from: state.place,
    count: 100,
  })) {
    if (Date.now() - lookedAtMs > LOOK_EVERY_MS) {
      await requireUnread(context, field);
      lookedAtMs = Date.now();
    }
    const memories = memoriesAmong(keys, { prefixes: [] });
    let cleaned = 0;
    for (let at = 0; at < memories.length; at += GENTLE.wave) {
      const wave = memories.slice(at, at + GENTLE.wave);
      const commands = wave.map(({ key }): Command => ["EVAL", CLEAN, 1, key, ...names]);
      for (const reply of await paced(GENTLE, () => store.pipeline(commands))) {
        if (isError(reply)) throw reply;
        cleaned += toInt(reply);
      }
    }
    state = {
      ...state,
      done: state.done + keys.length,
      memories: state.memories + memories.length,
      cleaned: state.cleaned + cleaned,
      place,
    };
    yield state;
  }
}
