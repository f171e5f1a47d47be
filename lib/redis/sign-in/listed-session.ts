/** A session as people see it in a list: their own, or an administrator another operator's. */
import type { SessionRecord, SignInVia } from "./types";

export interface ListedSession {
  /** Names the session, opens nothing. */
  digest: string;
  via: SignInVia;
  agent: string;
  createdAtMs: number;
  lastSeenAtMs: number;
  /** The one that looks. */
  current: boolean;
}

/** @param current the session that looks */
export function listedSession(
  { digest, via, agent, createdAtMs, lastSeenAtMs }: SessionRecord,
  current: SessionRecord,
): ListedSession {
  return { digest, via, agent, createdAtMs, lastSeenAtMs, current: digest === current.digest };
}
