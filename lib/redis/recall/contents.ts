/** The texts of hits that a search did not bring along, and never more of them than is shown. */
import { isError, toBufferOrNull } from "../reply";
import type { Command, Store } from "../store";
import { HIT_CHARS } from "./rules";

/** Four bytes are the most a character takes. */
export const HIT_BYTES = HIT_CHARS * 4;

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

/** The beginning of a text in memory of its own, so that the whole one can go. */
export function headOf(content: Buffer | null): Buffer | null {
  return content && content.length > HIT_BYTES ? Buffer.from(content.subarray(0, HIT_BYTES)) : content;
}
