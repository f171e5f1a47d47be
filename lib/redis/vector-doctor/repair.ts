/** Mending the vectors that the doctor found, or saying beforehand what would be done to how many. */
import { modelUnderstands } from "../../embeddings/embedder";
import { SafeError } from "../../errors";
import { defineJob, type JobContext, type JobDefinition } from "../jobs/job";
import { readJob } from "../jobs/job-state";
import { type StartedJob, startJob } from "../jobs/run-job";
import { addExamined, addTo } from "./check";
import { type Examined, examine, goOnFrom } from "./examine";
import { FAULTS, type Fault, type PaceName } from "./faults";
import { type Healed, heal } from "./heal";
import { GENTLE, type Pace, paceOf } from "./pace";
import { beginRepair, curableOf, type RepairState } from "./states";
import { type DoctorTarget, doctorTarget, requireOwnField } from "./target";

export interface RepairInput {
  index: string;
  faults: Fault[];
  deep: boolean;
  pace: PaceName;
}

export interface FillInput {
  index: string;
  pace: PaceName;
}

/** A dry run of the same faults may be so old when the repair begins. */
const DRY_RUN_MS = 60 * 60_000;
/** Filling ends when a walk finds nothing to do; writers that never rest must not keep it for ever. */
const MAX_PASSES = 5;

export const dryRunJob = defineJob<RepairInput, RepairState>({
  kind: "vector-dry-run",
  action: "doctor.dry-run-end",
  run: async function* ({ store, console }, input, before) {
    const target = await doctorTarget(store, console, input.index);
    let state = await goOnFrom(store, before, beginRepair(input.faults, input.deep));
    for await (const examined of walk(store, target, state, GENTLE)) {
      const untold = (state.untold ?? 0) + examined.faulty.filter((sick) => isUntold(sick, target)).length;
      state = { ...addExamined(state, examined), untold };
      yield state;
    }
  },
  counts: (state) => ({ memories: curableOf(state) }),
});

export const repairJob: JobDefinition<RepairInput, RepairState> = defineJob({
  kind: "vector-repair",
  action: "doctor.repair-end",
  run: async function* ({ store, console }: JobContext, input: RepairInput, before: RepairState | null) {
    const target = await doctorTarget(store, console, input.index);
    const begin = await goOnFrom(store, before, beginRepair(input.faults, input.deep));
    yield* onePass(store, target, begin, paceOf(input.pace));
  },
  counts: (state: RepairState) => ({ memories: curableOf(state) }),
});

/**
 * Every memory gets a healthy vector in the field of this index: the second model beside the first. Walks again until a
 * walk finds nothing to do, so what was written or changed meanwhile is embedded too.
 */
export const fillJob: JobDefinition<FillInput, RepairState> = defineJob({
  kind: "vector-fill",
  action: "doctor.fill-end",
  run: async function* (
    { store, console }: JobContext,
    { index, pace }: FillInput,
    before: RepairState | null,
  ) {
    const target = await doctorTarget(store, console, index);
    let state = await goOnFrom(store, before, beginRepair(FAULTS, false));
    for (;;) {
      const mendedBefore = curableOf(state);
      const openBefore = state.changed;
      // One that was broken off may have had something to do before that.
      const isWhole = state.place === null;
      for await (const next of onePass(store, target, state, paceOf(pace))) {
        state = next;
        yield state;
      }
      const isClean = isWhole && curableOf(state) === mendedBefore && state.changed === openBefore;
      if (isClean || state.pass === MAX_PASSES) return;
      state = { ...state, pass: state.pass + 1, done: 0, place: null, memories: 0 };
    }
  },
  counts: (state: RepairState) => ({ memories: curableOf(state) }),
});

/**
 * A repair begins after a dry run of the same faults, not older than an hour: what would be done was seen.
 * @throws SafeError `conflict`
 */
export async function startRepair(
  context: JobContext,
  input: RepairInput,
): Promise<StartedJob<RepairInput, RepairState>> {
  const { store, console } = context;
  const dry = await readJob<RepairInput, RepairState>(console, input.index, dryRunJob.kind);
  const isOf = dry?.input.deep === input.deep && sameFaults(dry.input.faults, input.faults);
  if (dry?.status !== "done" || !isOf || Date.now() - (dry.finishedAtMs ?? 0) > DRY_RUN_MS) {
    throw new SafeError("conflict", "There is no dry run of these faults from the last hour.", {
      hint: "Run it dry first: it says what would be done to how many memories.",
    });
  }
  await requireOwnField(store, console, await doctorTarget(store, console, input.index));
  return startJob(context, repairJob, { scope: input.index, input });
}

/** @throws SafeError `conflict` when another index reads the field as something else */
export async function startFill(
  context: JobContext,
  input: FillInput,
): Promise<StartedJob<FillInput, RepairState>> {
  const { store, console } = context;
  await requireOwnField(store, console, await doctorTarget(store, console, input.index));
  return startJob(context, fillJob, { scope: input.index, input });
}

/** Would it be given a vector that search by meaning finds by chance? */
function isUntold({ memory, finding }: Examined["faulty"][number], { embedder }: DoctorTarget): boolean {
  if (finding.cure !== "embed" || !embedder || !memory.content) return false;
  return !modelUnderstands(memory.content.toString("utf8"), embedder);
}

function sameFaults(a: readonly Fault[], b: readonly Fault[]): boolean {
  return a.length === b.length && a.every((fault) => b.includes(fault));
}

async function* onePass(
  store: JobContext["store"],
  target: DoctorTarget,
  begin: RepairState,
  pace: Pace,
): AsyncGenerator<RepairState, void, void> {
  let state = begin;
  for await (const examined of walk(store, target, state, pace)) {
    const healed = await heal(store, target, examined.faulty, pace);
    state = addHealed({ ...state, ...addExamined(state, { ...examined, faulty: [] }) }, healed);
    yield state;
  }
}

/** What was asked for, of all that is found. */
async function* walk(
  store: JobContext["store"],
  target: DoctorTarget,
  { place, deep, asked }: RepairState,
  pace: Pace,
): AsyncGenerator<Examined> {
  for await (const examined of examine(store, target, { from: place, deep, pace })) {
    yield { ...examined, faulty: examined.faulty.filter(({ finding }) => asked.includes(finding.fault)) };
  }
}

function addHealed(state: RepairState, healed: readonly Healed[]): RepairState {
  const faults = { ...state.faults };
  let { changed, gone } = state;
  for (const { fault, cure, outcome } of healed) {
    if (outcome === "changed") changed += 1;
    else if (outcome === "gone") gone += 1;
    else addTo(faults, fault, cure);
  }
  return { ...state, faults, changed, gone };
}
