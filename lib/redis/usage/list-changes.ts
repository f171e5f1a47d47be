/** The feed: what changed lately, for people. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import type { Changes } from "../keyspace/changes";
import type { ChangesDto } from "../keyspace/changes-schema";

/** Starts to listen when nobody has yet. Newest first. */
export function listChanges(changes: Changes, limit: number): ChangesDto {
  changes.start();
  return {
    live: changes.live,
    reason: changes.live ? null : changes.reason,
    sinceMs: changes.sinceMs,
    total: changes.total,
    changes: changes.newest(limit).map(({ owner, key: _, ...change }) => ({
      ...change,
      userRef: owner && sealRef("user", owner),
      userLabel: owner && displayBytes(owner),
    })),
  };
}
