/** What the keys of some notices are now: whose, of which class, there or gone. */
import { displayBytes } from "../../bytes";
import { type ParsedKey, parseKey } from "../keys";
import { isError, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Change } from "./changes-log";
import { claimKeys } from "./claims";

/** Two round trips for the whole batch. */
export async function describeChanges(
  store: Store,
  notices: readonly { key: Buffer; count: number }[],
): Promise<Omit<Change, "seq">[]> {
  const keys = notices.map((notice) => notice.key);
  const [claims, lengths] = await Promise.all([
    claimKeys(store, keys),
    // Of anything but a list this answers WRONGTYPE, which costs less than asking for the type first.
    store.pipeline(keys.map((key) => ["LLEN", key] as const)),
  ]);
  const claimed = new Map(claims.map((claim) => [claim.key, claim.claim]));
  const atMs = Date.now();
  return notices.map(({ key, count }, at) => {
    const claim = claimed.get(key);
    const parsed = claim ? claim.parsed : parseKey(key);
    const cls = claim && claim.dispute !== null ? "disputed" : (parsed?.class ?? "disputed");
    const length = lengths[at];
    return {
      atMs,
      kind: claim ? "written" : "gone",
      key,
      class: cls,
      owner: claim?.owner ?? parsed?.userId ?? null,
      what: cls === "disputed" || !parsed ? displayBytes(key) : whatOf(parsed),
      messages: cls === "sessions" && claim && !isError(length) ? toInt(length) : null,
      count,
    };
  });
}

function whatOf(parsed: ParsedKey): string {
  if (parsed.class === "sessions") return displayBytes(parsed.sessionId);
  if (parsed.class === "rate-limits") return "";
  return `${displayBytes(parsed.category)}:${displayBytes(parsed.number)}`;
}
