/** The doctor's look at an index: counts and examples, nothing changed. */
import { defineJob, type JobContext } from "../jobs/job";
import { EXAMPLES_PER_FAULT, forgetExamples, keepExamples } from "../query-engine/fault-examples";
import { type Examined, examine, goOnFrom } from "./examine";
import { type CureCounts, FAULTS, type Fault, totalOf } from "./faults";
import { GENTLE } from "./pace";
import { beginCheck, type CheckState, faultyOf } from "./states";
import { doctorTarget } from "./target";

export interface CheckInput {
  index: string;
  deep: boolean;
}

export const checkJob = defineJob<CheckInput, CheckState>({
  kind: "vector-check",
  action: "doctor.check-end",
  run: check,
  counts: (state) => ({ memories: state.memories, faults: faultyOf(state) }),
});

async function* check(
  { store, console }: JobContext,
  { index, deep }: CheckInput,
  before: CheckState | null,
): AsyncGenerator<CheckState, void, void> {
  const target = await doctorTarget(store, console, index);
  let state = await goOnFrom(store, before, beginCheck(deep));
  if (state.place === null) await forgetExamples(console, index);
  for await (const examined of examine(store, target, { from: state.place, deep, pace: GENTLE })) {
    await keepExamples(console, index, newExamples(state, examined));
    state = addExamined(state, examined);
    yield state;
  }
}

/** Of each fault the first few. */
function newExamples({ faults }: CheckState, { faulty }: Examined) {
  return FAULTS.flatMap((fault) => {
    const known = totalOf(faults[fault]);
    const room = Math.max(0, EXAMPLES_PER_FAULT - known);
    const found = faulty.filter(({ finding }) => finding.fault === fault).slice(0, room);
    return found.map(({ memory }, at) => ({ fault, at: known + at, memory: memory.parsed }));
  });
}

/** The walk is so much further, and has found this. */
export function addExamined<State extends CheckState>(state: State, examined: Examined): State {
  const faults = { ...state.faults };
  for (const { finding } of examined.faulty) addTo(faults, finding.fault, finding.cure);
  const memories = state.memories + examined.memories;
  return { ...state, done: state.done + examined.keys, memories, place: examined.place, faults };
}

export function addTo(faults: Record<Fault, CureCounts>, fault: Fault, cure: keyof CureCounts): void {
  faults[fault] = { ...faults[fault], [cure]: faults[fault][cure] + 1 };
}
