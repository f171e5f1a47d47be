/** A session as lines for redis-cli. */

import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import { redisCliText } from "../query-engine/command-text";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { SessionCommands } from "./change-schema";
import { readChunk } from "./read-chunk";

/** More than this is no paste; the download takes any length. */
const MAX_MESSAGES = 500;
const MAX_BYTES = 200_000;

/**
 * `read`: the command that reads the whole list. `recreate`: one LPUSH a message, oldest first, and the life it has
 * left, each byte as redis-cli takes it. Pasted where the session exists, they would write to it once more, so they
 * begin with DEL.
 * @throws SafeError `not_found`, `store_refused`
 */
export async function sessionCommands(
  store: Store,
  input: SessionId & { what: "read" | "recreate" },
): Promise<SessionCommands> {
  const key = keyOfSession(input);
  if (input.what === "read") return { text: redisCliText(["LRANGE", key, 0, -1]), tooLong: false };
  const chunk = await readChunk(store, key, {
    from: 0,
    to: MAX_MESSAGES,
    budgetBytes: MAX_BYTES,
    headBytes: MAX_BYTES,
  });
  if (!chunk) throw noSuchSession();
  const bytes = chunk.messages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (chunk.length > MAX_MESSAGES || chunk.messages.length < chunk.length || bytes > MAX_BYTES) {
    return { text: null, tooLong: true };
  }
  const ttlMs = toInt(await store.command("PTTL", key));
  const commands: Command[] = [
    ["DEL", key],
    ...chunk.messages.map(({ head }): Command => ["LPUSH", key, head]),
  ];
  if (ttlMs >= 0) commands.push(["PEXPIREAT", key, Date.now() + ttlMs]);
  return { text: `${commands.map((command) => redisCliText(command)).join("\n")}\n`, tooLong: false };
}
