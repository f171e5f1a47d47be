/** How far the doctor's work is: small JSON, safe for the browser. Of people there is nothing in it. */
import type { ScanPlace } from "../keyspace/scan-places";
import { type CureCounts, FAULTS, type Fault, noFaults, totalOf } from "./faults";

/** `done` and `total` count keys of the store, walked and there are. */
export interface WalkState {
  done: number;
  total: number | null;
  place: ScanPlace | null;
  /** Memories looked at. */
  memories: number;
}

/** Looking, and what a repair would do. */
export interface CheckState extends WalkState {
  /** Texts without a note of which text their vector is of were embedded again and compared. */
  deep: boolean;
  faults: Record<Fault, CureCounts>;
}

export interface RepairState extends CheckState {
  /** What was to be repaired. */
  asked: Fault[];
  /** Left alone because they changed meanwhile, or went. */
  changed: number;
  gone: number;
  /** Walks begun so far: filling a field walks until one finds nothing to do. */
  pass: number;
  /** Of a dry run: texts that would be embedded although the model cannot tell their script apart. */
  untold?: number;
}

export interface CleanUpState extends WalkState {
  field: string;
  /** Memories of which fields were taken away. */
  cleaned: number;
}

export const atBegin = (): WalkState => ({ done: 0, total: null, place: null, memories: 0 });

export function beginCheck(deep: boolean): CheckState {
  return { ...atBegin(), deep, faults: noFaults() };
}

export function beginRepair(asked: readonly Fault[], deep: boolean, pass = 1): RepairState {
  return { ...beginCheck(deep), asked: [...asked], changed: 0, gone: 0, pass };
}

/** Memories with any fault. */
export function faultyOf({ faults }: Pick<CheckState, "faults">): number {
  return FAULTS.reduce((sum, fault) => sum + totalOf(faults[fault]), 0);
}

/** Of them, those that something can be done about, or was done. */
export function curableOf({ faults }: Pick<CheckState, "faults">): number {
  return FAULTS.reduce(
    (sum, fault) => sum + totalOf(faults[fault]) - faults[fault]["no-text"] - faults[fault]["no-model"],
    0,
  );
}
