"use client";

import { useQuery } from "@tanstack/react-query";
import { ConsoleError } from "@/components/query/console-error";
import { fetchRead } from "@/components/query/fetch-read";
import { useSignedOut } from "@/components/query/live";
import { ABOUT_CONNECTION } from "@/components/query/live-topics";
import { setServerTime } from "@/components/ui/clock";
import type { ConnectionState } from "@/lib/redis/connection/schema";

const POLL_MS = 1500;
/** Poll and patience together stay under the three seconds within which a page has to say that it is cut off. */
const PATIENCE_MS = 1400;
/** An answer after that is too late to wait for, but it still says why. */
const LATE_MS = 4000;

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
let late: { answer: Connection; atMs: number } | null = null;

export const CONNECTION_KEY = ["connection"] as const;

/**
 * Being down is an answer here, not a failure of the query: the shell always has something to show.
 * @throws ConsoleError `signed_out` alone: who is not told keeps what was told before
 */
export async function readConnection(): Promise<Connection> {
  const asked = ask();
  const inTime = await Promise.race([asked, patience()]);
  if (!inTime) {
    asked.then(
      (answer) => {
        late = { answer, atMs: Date.now() };
      },
      () => {},
    );
  }
  const next = { ...(inTime ?? lateAnswer() ?? down("redis", `no answer within ${PATIENCE_MS / 1000} s`)) };
  if (!next.up && last && !last.up) next.sinceMs = last.sinceMs;
  last = next;
  return next;
}

async function ask(): Promise<Connection> {
  try {
    const state = await fetchRead<ConnectionState>("/api/connection", {}, { timeoutMs: LATE_MS });
    setServerTime(state.checkedAt);
    if (state.state === "down") return down("redis", state.reason ?? null, state);
    return { up: true, who: "redis", reason: null, sinceMs: null, state };
  } catch (error) {
    // The console has answered, and of Redis it tells only those who are signed in.
    if (error instanceof ConsoleError && error.code === "signed_out") throw error;
    // Silence comes from a console that itself waits for Redis; a refused connection, from no console at all.
    if (error instanceof ConsoleError && error.code.startsWith("store_")) {
      return down("redis", /says: (.+?)\. /.exec(error.hint ?? "")?.[1] ?? error.message);
    }
    const timedOut = error instanceof ConsoleError && error.timedOut;
    return timedOut ? down("redis", `no answer within ${LATE_MS / 1000} s`) : down("console", null);
  }
}

/** Which server it was is known still, if it ever answered. */
function down(
  who: Connection["who"],
  reason: string | null,
  state: ConnectionState | null = null,
): Connection {
  const known = last?.state?.version ? last.state : state;
  return { up: false, who, reason, sinceMs: state?.checkedAt ?? Date.now(), state: known };
}

function lateAnswer(): Connection | null {
  return late && Date.now() - late.atMs < LATE_MS ? late.answer : null;
}

function patience(): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}

/**
 * One place of the page polls (the banner, which is always there); every other one only listens. Latency and silence
 * are nothing that Redis tells; that its connection broke is, and is looked at with the next turn.
 */
export function useConnection({ poll = false } = {}): Connection | undefined {
  const isSignedOut = useSignedOut();
  return useQuery({
    queryKey: CONNECTION_KEY,
    queryFn: readConnection,
    refetchInterval: poll && !isSignedOut ? POLL_MS : false,
    staleTime: 0,
    retry: false,
    meta: { live: [ABOUT_CONNECTION] },
  }).data;
}
