/** An index built anew beside the old one, and the switch to it when it holds no less: recall never pauses. */
import { parseDisplayed } from "../../bytes";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { defineJob, type JobContext } from "../jobs/job";
import { type StartedJob, startJob } from "../jobs/run-job";
import { activeIndex } from "../query-engine/active-index";
import { readIndexInfo } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { forgetIndexInfo } from "../query-engine/recent-info";
import { adoptIndex } from "./adopt-index";
import { requireFreeName, requireModelFits, sendCreate } from "./create-index";
import { gone, requireEngine, requireMemories, requireOneIndexForAll } from "./failures";
import type { RebuildState } from "./rebuild-state";
import { planLike, type RebuildForm, type VectorPlan } from "./rules";
import { indexByOwnName, keepChoice, readUses } from "./uses";

export interface RebuildInput {
  /** The old one's own name. */
  index: string;
  /** The new one's. */
  name: string;
  form: RebuildForm;
  vector: VectorPlan;
  model: string | null;
  /** Aliases of the old one that shall lead to the new one. */
  aliases: string[];
  /** Shall the console use the new one? */
  adopt: boolean;
  /** Switch although the new one holds fewer documents. */
  acceptFewer: boolean;
}

const LOOK_EVERY_MS = 250;
/** Looks in a row that must find it complete: right after FT.CREATE the walk has not begun yet. */
const CALM_LOOKS = 2;

export const rebuildJob = defineJob<RebuildInput, RebuildState>({
  kind: "index-rebuild",
  action: "indexes.rebuild-end",
  run: rebuild,
  counts: ({ phase }) => ({ indexes: phase === "create" ? 0 : 1 }),
});

/**
 * @throws SafeError `not_found`, `conflict` (the new name is taken, the alias is not the old one's, a cluster without a
 * coordinator), `dimension_mismatch`
 */
export async function startRebuild(
  context: JobContext,
  input: RebuildInput,
): Promise<StartedJob<RebuildInput, RebuildState>> {
  const { store, console } = context;
  await requireEngine(store);
  await requireOneIndexForAll(store);
  const old = await indexByOwnName(store, input.index);
  if (!old) throw gone(input.index);
  requireMemories(old);
  requireModelFits(input.model, input.vector.dimensions);
  await requireFreeName(store, input.name);
  const uses = await readUses(store, console, old);
  const strange = input.aliases.find((alias) => !uses.aliases.includes(alias));
  if (strange !== undefined) {
    throw new SafeError("conflict", `The alias ${strange} does not lead to ${old.name}.`, {
      hint: "Somebody changed it since this page was loaded: look again.",
    });
  }
  await keepChoice(console, await activeIndex(store, console));
  return startJob(context, rebuildJob, { scope: old.name, input });
}

async function* rebuild(
  { store, console }: JobContext,
  input: RebuildInput,
  before: RebuildState | null,
): AsyncGenerator<RebuildState, void, void> {
  let state: RebuildState = before ?? { done: 0, total: null, phase: "create", name: input.name };
  if (state.phase === "create") {
    yield state;
    const old = await both(store, input).then((two) => two.old);
    // After a crash it may be there already: its name was free when this began.
    if (!(await readIndexInfo(store, input.name))) {
      const prefixes = old.prefixes.map((prefix) => parseDisplayed(prefix).toString("utf8"));
      const plan = planLike({ ...old, prefixes }, input.form, input.name, input.vector);
      await sendCreate(store, console, plan, input.vector.field, input.model);
    }
    state = { ...state, phase: "build", total: old.documents };
    yield state;
  }
  for (let calm = 0; calm < CALM_LOOKS; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const { old, made } = await both(store, input);
    if (!made) throw gone(input.name);
    const complete = made.percentIndexed === 1 && !made.indexing;
    calm = complete ? calm + 1 : 0;
    state = {
      ...state,
      phase: "build",
      done: made.documents,
      total: Math.max(old.documents, made.documents),
    };
    yield state;
    if (calm === CALM_LOOKS && made.documents < old.documents && !input.acceptFewer) {
      throw fewer(old, made);
    }
  }
  if (input.aliases.length === 0 && !input.adopt) {
    yield { ...state, phase: "built" };
    return;
  }
  yield { ...state, phase: "switch" };
  for (const alias of input.aliases) await store.command("FT.ALIASUPDATE", alias, input.name);
  forgetIndexInfo(store);
  if (input.aliases.length > 0) {
    await console.command("SADD", consoleKeys.indexAliases(), ...input.aliases);
  }
  if (input.adopt) await adoptIndex(store, console, { name: input.name });
  yield { ...state, phase: "switched" };
}

async function both(store: JobContext["store"], input: RebuildInput) {
  const [old, made] = await Promise.all([
    readIndexInfo(store, input.index),
    readIndexInfo(store, input.name),
  ]);
  if (!old) throw gone(input.index);
  return { old, made };
}

function fewer(old: IndexInfo, made: IndexInfo): SafeError {
  const missing = old.documents - made.documents;
  return new SafeError(
    "conflict",
    `${made.name} is complete and holds ${missing} fewer documents than ${old.name}, so nothing was switched.`,
    {
      hint: `Its failures say why. Use it from its card all the same, or drop it and build it otherwise.`,
    },
  );
}
