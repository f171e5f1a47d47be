/** How far an index that is built beside another one is. */
export interface RebuildState {
  /** Documents of the new index, and of the old one. */
  done: number;
  total: number | null;
  phase: "create" | "build" | "switch" | "switched" | "built";
  /** The new one. */
  name: string;
}
