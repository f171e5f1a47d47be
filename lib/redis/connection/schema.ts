/** State of the connection to the assistant's store, as the shell shows it and /api/health reports it. */
export interface ConnectionState {
  state: "up" | "down";
  version: string | null;
  mode: "standalone" | "cluster" | "sentinel" | null;
  /** Servers that hold the store's keys: more than one in a cluster. */
  primaries: number | null;
  /** The Query Engine finds only what lies on one node of the cluster. */
  searchCoversOneShard: boolean;
  /** Version of the Query Engine, null when this server has none (or is down). */
  queryEngine: string | null;
  latencyMs: number | null;
  /** Epoch ms, the console's clock. */
  checkedAt: number;
  /** Redis's clock minus the console's, ms: countdowns run on Redis's time. */
  clockOffsetMs: number;
  /** Why it is down. */
  reason?: string;
  /** The console's own state lives on another server and that one is down. */
  consoleStateDown?: boolean;
  demo: boolean;
}
