/** What the survey found that somebody should look at, each with the page that shows it. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { type DisputeReason, keyGrammar } from "../keys";
import type { Attention, FoundKey, SurveyTally } from "../keyspace/survey-tally";
import type { FoundKeyDto, Overview } from "./schema";

const SHOWN = 20;

/**
 * @param expected lengths of vectors that some index takes; empty without an index, and then only a missing
 *   vector and a length that no FLOAT32 vector can have are remarkable
 */
export function attentionOf(tally: SurveyTally, expected: readonly number[]): Overview["attention"] {
  const bad = [...tally.vectors].filter(([bytes]) =>
    expected.length > 0 ? !expected.includes(bytes) : bytes <= 0 || bytes % 4 !== 0,
  );
  const vectorItems = bad.flatMap(([vectorBytes, { keys }]) => keys.map((found) => ({ found, vectorBytes })));
  return {
    stuck: first(tally.stuck, (found) => ({ ...toFoundKey(tally, found), field: found.note ?? "" })),
    disputed: first(tally.disputed, (found) => ({
      ...toFoundKey(tally, found),
      reason: found.note as DisputeReason,
    })),
    vectors: {
      count: bad.reduce((sum, [, { count }]) => sum + count, 0),
      items: vectorItems
        .slice(0, SHOWN)
        .map(({ found, vectorBytes }) => ({ ...toFoundKey(tally, found), vectorBytes })),
      expectedBytes: [...expected],
    },
  };
}

function first<Item>(attention: Attention, toItem: (found: FoundKey) => Item) {
  return { count: attention.count, items: attention.keys.slice(0, SHOWN).map(toItem) };
}

export function toFoundKey(tally: SurveyTally, found: FoundKey): FoundKeyDto {
  const ownerId = found.class === "other" ? null : (found.ownerId ?? likelyOwner(tally, found.key));
  const owner = ownerId === null ? null : Buffer.from(ownerId, "latin1");
  return {
    label: displayBytes(found.key),
    class: found.class,
    type: found.type,
    sizeBytes: found.sizeBytes,
    ttlMs: found.ttlMs,
    userRef: owner && sealRef("user", owner),
    userLabel: owner && displayBytes(owner),
  };
}

/**
 * Whose page shows a key outside of the grammar: of the ids that its name could begin with, the longest that
 * somebody has, or else the shortest. A guess for a link, never for an erasure.
 */
function likelyOwner(tally: SurveyTally, key: Buffer): string | null {
  const rest = key.toString("latin1").slice(Buffer.byteLength(keyGrammar().prefix));
  const cuts: string[] = [];
  for (let at = rest.indexOf(":", 1); at > 0 && cuts.length < 32; at = rest.indexOf(":", at + 1)) {
    cuts.push(rest.slice(0, at));
  }
  return cuts.findLast((id) => tally.users.has(id)) ?? cuts[0] ?? null;
}
