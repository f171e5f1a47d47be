/** One change of many memories as long work (lib/redis/jobs): by category and number, a step at a time. */
import { openRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { defineJob, type JobContext, type JobState } from "../jobs/job";
import { changeOne, remember } from "./bulk-change";
import { differs, memoriesOf, openOrder } from "./bulk-scope";
import { nextNumber } from "./create-memory";
import type { Edit, Editor } from "./history";
import { readFacts, sortName } from "./memory-facts";
import { passes } from "./memory-filter";
import { openMemory, sealMemory } from "./memory-ref";
import type { BulkChange } from "./types";

export const BULK_KIND = "memories-bulk";

/** Between two steps pages have their turn (sealing a history takes this process 0.3 ms), and an order to stop is heard. */
const STEP = 20;

export interface BulkInput {
  /** The person's reference. */
  user: string;
  by: Editor;
  what: BulkChange["what"];
  /** Sealed; see bulk-scope.ts. */
  order: string;
}

export interface BulkState extends JobState {
  changed: number;
  /** Gone, another's or another meanwhile: left alone. */
  left: number;
  /** Reference of the last one that was looked at. */
  after: string | null;
}

export const bulkJob = defineJob<BulkInput, BulkState>({
  kind: BULK_KIND,
  action: "memories.bulk-run",
  run: runBulk,
  counts: ({ changed }) => ({ memories: changed }),
});

/**
 * What passed the filter when it began is looked at once more just before it is changed: what does not pass any more is
 * left alone. Done twice after a crash, a step finds its memories changed already.
 */
async function* runBulk(
  context: JobContext,
  input: BulkInput,
  before: BulkState | null,
): AsyncGenerator<BulkState> {
  const { store, console } = context;
  const userId = openRef("user", input.user);
  const { scope, change } = openOrder(subjectOf(userId), input.order);
  const all = await memoriesOf(store, console, userId, scope);
  const last = before?.after ? sortName(openMemory(before.after)) : null;
  const ahead = last === null ? all : all.filter(({ facts }) => facts.name > last);
  const state: BulkState = before ?? { done: 0, total: all.length, changed: 0, left: 0, after: null };
  state.total = state.done + ahead.length;
  const number = {
    next: change.what === "category" ? await nextNumber(store, userId, Buffer.from(change.category)) : 0,
  };
  yield { ...state };
  for (let at = 0; at < ahead.length; at += STEP) {
    const step = ahead.slice(at, at + STEP);
    const facts = await readFacts(
      store,
      step.map(({ facts }) => facts.key),
    );
    const fresh = new Map(facts.map((one) => [one.name, one]));
    const outcomes: (Edit | null)[] = [];
    for (const { facts: seen, indexed } of step) {
      const now = fresh.get(seen.name);
      const { text: _text, notIndexed: _index, ...filter } = "filter" in scope ? scope.filter : {};
      if (!now || !passes({ facts: now, indexed }, filter)) state.left += 1;
      else if (differs({ facts: now }, change))
        outcomes.push(await changeOne(store, userId, now, change, number));
    }
    const edits = outcomes.filter((edit) => edit !== null);
    await remember(console, userId, input.by, change, edits);
    state.changed += edits.length;
    state.left += outcomes.length - edits.length;
    state.done += step.length;
    state.after = sealMemory(step.at(-1)!.facts);
    yield { ...state };
  }
}
