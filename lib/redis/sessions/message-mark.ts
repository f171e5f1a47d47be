/** Names of messages that may stand in an address. */
import { standIn } from "../../masking";
import type { SessionId } from "../messages/session-key";

/**
 * Sixteen hexadecimal digits for a message's bytes within its session. A plain digest of a short text can be undone
 * by trying texts; this one only by whoever has CONSOLE_SECRET, so masked readers and addresses may have it.
 */
export function markOf({ userId, sessionId }: SessionId, digest: string): string {
  return standIn("message", userId, sessionId, digest).slice(0, 16);
}
