/** Whom and what a key's name speaks of, before anybody looks at the key itself. */
import { type KeyClass, keyGrammar, parseKey } from "../keys";

export interface Named {
  class: KeyClass;
  owner: Buffer;
}

/** A key of more parts than this is no assistant's; the parts past it are left out. */
const OWNERS_MAX = 32;

/**
 * Everybody whose keys this one could be listed under: a key outside of the grammar is shown with each person
 * whose pattern it matches, so every cut at a colon counts.
 */
export function possibleOwners(key: Buffer): Buffer[] {
  const owners: Buffer[] = [];
  const { prefix, hashTag } = keyGrammar();
  const rest = key.subarray(Buffer.byteLength(prefix));
  for (let at = rest.indexOf(":"); at >= 0 && owners.length < OWNERS_MAX; at = rest.indexOf(":", at + 1)) {
    const id = rest.subarray(0, at);
    owners.push(hashTag && id.at(0) === 0x7b && id.at(-1) === 0x7d ? id.subarray(1, -1) : id);
  }
  return owners;
}

/** By its name alone: the class and its owner. A key outside of the grammar is in dispute for all it could concern. */
export function namedBy(key: Buffer): Named[] {
  const parsed = parseKey(key);
  if (parsed) return [{ class: parsed.class, owner: parsed.userId }];
  return possibleOwners(key).map((owner) => ({ class: "disputed", owner }));
}

/**
 * What the name alone did not say, once the key was looked at: a dispute concerns all whose pattern it matches, and a
 * name with two readings may be another person's. Of a key that is gone it is not known what it was.
 */
export function namedBesides(
  key: Buffer,
  seen: { class: KeyClass; owner: Buffer | null; gone: boolean },
): Named[] {
  const [first] = namedBy(key);
  const isAsNamed = first?.class === seen.class && (seen.owner?.equals(first.owner) ?? false);
  if (isAsNamed && !seen.gone) return [];
  const others = possibleOwners(key).map((owner): Named => ({ class: "disputed", owner }));
  if (isAsNamed) return others.filter(({ owner }) => !owner.equals(first.owner));
  return seen.owner ? [{ class: seen.class, owner: seen.owner }, ...others] : others;
}
