/** Where lines go. */
export interface MirrorTarget {
  /** Sequence and hash of the last whole entry there; null where nothing is. */
  last(): Promise<{ seq: number; hash: string } | null>;
  /** Add lines for good. `after` is what {@link last} said; a target that has grown since refuses with `moved`. */
  add(lines: readonly string[], after: number): Promise<"added" | "moved">;
  /** For a target that is read by nobody here: go on at another place of the chain. */
  restart?(at: { seq: number; hash: string } | null): void;
}
