/** What a verifier says about a chain that is not whole. */

export type ProblemKind =
  | "dropped" // entries that others stand before and after of are not there
  | "swapped" // genuine, and not in its place
  | "edited" // its hash or MAC does not belong to what it says, or its neighbour remembers another
  | "added" // a line too many: a copy, or one that no console wrote
  | "cut" // the end is missing, up to the head
  | "torn" // the last line is half a line, and the whole one did not follow
  | "not-an-entry"; // a line of something else in this place

export interface Problem {
  seq: number;
  /** Last sequence of a run that has the same problem; absent for one entry. */
  to?: number;
  kind: ProblemKind;
  note: string;
}

/** More problems than these are counted and no longer kept: a wrong file must not fill the memory. */
export const MOST_PROBLEMS = 1_000;

/** Runs of missing sequences, from which those that turn up later are taken out again. */
export class Missing {
  #runs: [from: number, to: number][] = [];

  add(from: number, to: number): void {
    if (from <= to) this.#runs.push([from, to]);
  }

  /** @returns whether it was missing */
  take(seq: number): boolean {
    const at = this.#runs.findIndex(([from, to]) => from <= seq && seq <= to);
    if (at < 0) return false;
    const [from, to] = this.#runs[at]!;
    const rest: [number, number][] = [
      [from, seq - 1],
      [seq + 1, to],
    ];
    this.#runs.splice(at, 1, ...rest.filter(([a, b]) => a <= b));
    return true;
  }

  problems(): Problem[] {
    return this.#runs.map(([seq, to]) => ({
      seq,
      ...(to > seq ? { to } : {}),
      kind: "dropped" as const,
      note: to > seq ? `${to - seq + 1} entries are missing here.` : "This entry is missing.",
    }));
  }
}
