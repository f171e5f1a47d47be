"use client";

import { useQuery } from "@tanstack/react-query";
import { ConsoleError } from "@/components/query/console-error";
import { fetchRead } from "@/components/query/fetch-read";
import { setServerTime } from "@/components/ui/clock";
import type { ConnectionState } from "@/lib/redis/connection/schema";

const POLL_MS = 1500;
/** Poll and timeout together stay under the three seconds within which a page has to say that it is cut off. */
const TIMEOUT_MS = 1400;

export type Connection = {
  up: boolean;
  /** Who does not answer. */
  who: "redis" | "console";
  reason: string | null;
  /** Since when it is down, by the server's clock where it was known. */
  sinceMs: number | null;
  /** The last state that was told, also while nobody answers. */
  state: ConnectionState | null;
};

let last: Connection | null = null;

export const CONNECTION_KEY = ["connection"] as const;

/** Being down is an answer here, not a failure of the query: the shell always has something to show. */
async function readConnection(): Promise<Connection> {
  let next: Connection;
  try {
    const state = await fetchRead<ConnectionState>("/api/connection", {}, { timeoutMs: TIMEOUT_MS });
    setServerTime(state.checkedAt);
    next =
      state.state === "up"
        ? { up: true, who: "redis", reason: null, sinceMs: null, state }
        : {
            up: false,
            who: "redis",
            reason: state.reason ?? null,
            sinceMs: state.checkedAt,
            // Which server it was is known still, if it ever answered.
            state: last?.state ? { ...last.state, checkedAt: state.checkedAt } : state,
          };
  } catch (error) {
    // Silence comes from a console that itself waits for Redis; a refused connection, from no console at all.
    const timedOut = error instanceof ConsoleError && error.timedOut;
    next = {
      up: false,
      who: timedOut ? "redis" : "console",
      reason: timedOut ? `no answer within ${TIMEOUT_MS / 1000} s` : null,
      sinceMs: Date.now(),
      state: last?.state ?? null,
    };
  }
  if (!next.up && last && !last.up) next.sinceMs = last.sinceMs;
  last = next;
  return next;
}

/** One place of the page polls (the banner, which is always there); every other one only listens. */
export function useConnection({ poll = false } = {}): Connection | undefined {
  return useQuery({
    queryKey: CONNECTION_KEY,
    queryFn: readConnection,
    refetchInterval: poll ? POLL_MS : false,
    staleTime: 0,
    retry: false,
  }).data;
}
