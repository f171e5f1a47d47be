/** The texts of hits that a search did not bring along, and never more of them than is shown. */
import { memoryKey } from "../keys";
import { redisCliText } from "../query-engine/command-text";
import { isError, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { Candidate } from "./candidate";
import { HIT_BYTES } from "./rules";
import type { SearchCommand } from "./types";

/** Of a longer text the beginning is cut off inside Redis, which can give no part of a hash field otherwise. */
const WHOLE_BYTES = 64 * 1024;
const HEAD_SCRIPT = "return string.sub(redis.call('HGET', KEYS[1], 'content') or '', 1, tonumber(ARGV[1]))";

/**
 * One round trip.
 * @param texts by key, with the length that `content` has; at least one
 * @returns the beginnings, in order; null for what is gone, or long where this Redis user may not run scripts
 */
export async function readHeads(
  store: Store,
  texts: readonly { key: Buffer; contentBytes: number }[],
): Promise<{ heads: (Buffer | null)[]; example: Command }> {
  const commands = texts.map(({ key, contentBytes }): Command => {
    return contentBytes <= WHOLE_BYTES
      ? ["HGET", key, "content"]
      : ["EVAL_RO", HEAD_SCRIPT, 1, key, HIT_BYTES];
  });
  const replies = await store.pipeline(commands);
  const heads = replies.map((reply) => (isError(reply) ? null : toBufferOrNull(reply)));
  return { heads, example: commands[0]! };
}

/** Reads the texts of those that came without, because many were asked for, into them. */
export async function readMissing(
  store: Store,
  candidates: readonly Candidate[],
): Promise<{ commands: SearchCommand[]; ms: number }> {
  const missing = candidates.filter(({ content, contentBytes }) => !content && contentBytes > 0);
  if (missing.length === 0) return { commands: [], ms: 0 };
  const startedAt = performance.now();
  const { heads, example } = await readHeads(
    store,
    missing.map(({ parsed, contentBytes }) => ({
      key: memoryKey(parsed.userId, parsed.category, parsed.number),
      contentBytes,
    })),
  );
  for (const [at, candidate] of missing.entries()) candidate.content = heads[at] ?? null;
  const ms = performance.now() - startedAt;
  return { commands: [{ purpose: "content", text: redisCliText(example), times: missing.length, ms }], ms };
}

/** The beginning of a text in memory of its own, so that the whole one can go. */
export function headOf(content: Buffer | null): Buffer | null {
  return content && content.length > HIT_BYTES ? Buffer.from(content.subarray(0, HIT_BYTES)) : content;
}
