/** What the survey found that somebody should look at, each with the page that shows it. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { type DisputeReason, keyGrammar } from "../keys";
import type { FoundKey, SurveyTally } from "../keyspace/survey-tally";
import type { FoundKeyDto, Overview } from "./schema";

const SHOWN = 12;

/**
 * @param expected lengths of vectors that some index takes; empty without an index, and then only a missing
 *   vector and a length that no FLOAT32 vector can have are remarkable
 */
export function attentionOf(tally: SurveyTally, expected: readonly number[]): Overview["attention"] {
  const bad = [...tally.vectors].filter(([bytes]) =>
    expected.length > 0 ? !expected.includes(bytes) : bytes <= 0 || bytes % 4 !== 0,
  );
  const { stuck, disputed } = tally;
  return {
    stuck: {
      count: stuck.count,
      items: byPerson(tally, stuck.keys, (found) => ({ field: found.note ?? "" })),
    },
    disputed: {
      count: disputed.count,
      items: byPerson(tally, disputed.keys, (found) => ({ reason: found.note as DisputeReason })),
    },
    vectors: {
      count: bad.reduce((sum, [, { count }]) => sum + count, 0),
      items: bad
        .flatMap(([vectorBytes, { keys }]) => byPerson(tally, keys, () => ({ vectorBytes })))
        .slice(0, SHOWN),
      expectedBytes: [...expected],
    },
  };
}

/** One item for all keys of a person with the same matter, in the order they were found. */
function byPerson<Matter extends object>(
  tally: SurveyTally,
  keys: FoundKey[],
  matterOf: (found: FoundKey) => Matter,
): (FoundKeyDto & Matter & { alike: number })[] {
  const items = new Map<string, FoundKeyDto & Matter & { alike: number }>();
  for (const found of keys) {
    const matter = matterOf(found);
    const owner = ownerOf(tally, found);
    const name = JSON.stringify([owner ?? found.key.toString("latin1"), matter]);
    const known = items.get(name);
    if (known) known.alike += 1;
    else items.set(name, { ...toFoundKey(tally, found), ...matter, alike: 0 });
  }
  return [...items.values()].slice(0, SHOWN);
}

export function toFoundKey(tally: SurveyTally, found: FoundKey): FoundKeyDto {
  const ownerId = ownerOf(tally, found);
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
 * Whose page shows a key. For one outside of the grammar: of the ids that its name could begin with, the longest
 * that somebody has, or else the shortest. A guess for a link, never for an erasure.
 */
function ownerOf(tally: SurveyTally, found: FoundKey): string | null {
  if (found.class === "other") return null;
  if (found.ownerId !== null) return found.ownerId;
  const rest = found.key.toString("latin1").slice(Buffer.byteLength(keyGrammar().prefix));
  const cuts: string[] = [];
  for (let at = rest.indexOf(":", 1); at > 0 && cuts.length < 32; at = rest.indexOf(":", at + 1)) {
    cuts.push(rest.slice(0, at));
  }
  return cuts.findLast((id) => tally.users.has(id)) ?? cuts[0] ?? null;
}
