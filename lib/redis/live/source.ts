import type { LiveEvent } from "../keyspace/changes-events";
import type { ChangesStream } from "../keyspace/changes-stream";

/** What an open page is told: first whether Redis reports changes at all, then what changes. */
export function liveSource(stream: ChangesStream) {
  const state = (): LiveEvent => ({ event: "state", data: stream.state });
  return {
    subscribe: (send: (event: LiveEvent) => void) => stream.subscribe(send),
    greeting: () => [state()],
    catchUp: (): LiveEvent[] => [state(), { event: "resync", data: { why: "behind" } }],
  };
}
