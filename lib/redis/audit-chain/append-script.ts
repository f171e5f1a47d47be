/** Appending is one script: it compares the head with what the writer knew, and writes everything or nothing. */
import { consoleKeys } from "../console-keys";
import { toArray, toText } from "../store/reply";
import type { Store } from "../store/store";
import { lineOf } from "./canonical";
import type { ChainEnd } from "./chain-end";
import type { AuditEntry } from "./entry";
import { FIELD } from "./stored";

/**
 * KEYS entries, head. ARGV expected head (empty: none), its stream id, new head, field, then id and line of each
 * entry. Every write comes after every comparison. A script is run by Redis without anything in between, and XADD
 * with an id that is not above the last one is refused (https://redis.io/docs/latest/commands/xadd/).
 */
const APPEND = `
local head = redis.call('GET', KEYS[2]) or ''
if head ~= ARGV[1] then return {'moved', head} end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if (last[1] and last[1][1] or '') ~= ARGV[2] then return {'unfit', head} end
for at = 5, #ARGV, 2 do redis.call('XADD', KEYS[1], ARGV[at], ARGV[4], ARGV[at + 1]) end
redis.call('SET', KEYS[2], ARGV[3])
return {'written', ARGV[3]}
`;

export type AppendAnswer = { is: "written" | "moved" | "unfit"; headText: string };

/** @param known the head that the entries continue, as it was read and as its text */
export async function runAppend(
  store: Store,
  known: { head: ChainEnd | null; headText: string },
  entries: readonly AuditEntry[],
  newHeadText: string,
): Promise<AppendAnswer> {
  const keys = [consoleKeys.auditEntries(), consoleKeys.auditHead()];
  const lastId = known.head ? `${known.head.seq}-0` : "";
  const words = entries.flatMap((entry) => [`${entry.seq}-0`, lineOf(entry)]);
  const said = [known.headText, lastId, newHeadText, FIELD];
  const reply = await store.command("EVAL", APPEND, keys.length, ...keys, ...said, ...words);
  const [is, headText] = toArray(reply).map(toText);
  return { is: is as AppendAnswer["is"], headText: headText ?? "" };
}
