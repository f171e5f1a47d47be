/** The survey's measures for the keys of one person, fresh. */
import type { KeyClass } from "../keys";
import type { Store } from "../store/store";
import { type KeyFacts, measureKeys } from "./survey-facts";
import { listUserKeys, type UserKey } from "./user-keys";

/** So many keys are measured for a page; the survey has the sums for whoever has more. */
export const MAX_MEASURED_KEYS = 5_000;
const CHUNK = 250;

export interface UserKeyFacts extends KeyFacts {
  class: KeyClass;
  /** The key as listed, with what its name says. */
  listed: UserKey;
}

export interface MeasuredKeys {
  facts: UserKeyFacts[];
  /** Keys that were found, measured or not. */
  total: number;
  /** False when some keys were not measured, or not even listed. */
  complete: boolean;
  scannedAtMs: number;
}

/** Keys that end between the listing and the measuring have `sizeBytes` null. */
export async function measureUserKeys(
  store: Store,
  consoleStore: Store,
  userId: Buffer,
): Promise<MeasuredKeys> {
  const { keys, complete, scannedAtMs } = await listUserKeys(store, userId);
  const measured = keys.slice(0, MAX_MEASURED_KEYS);
  const facts: UserKeyFacts[] = [];
  for (let from = 0; from < measured.length; from += CHUNK) {
    const chunk = measured.slice(from, from + CHUNK);
    const found = await measureKeys(
      store,
      consoleStore,
      chunk.map((listed) => ({
        key: listed.key,
        type: listed.type,
        class: classOf(listed),
        owner: userId,
        dispute: listed.dispute,
      })),
    );
    found.forEach((fact, at) => {
      const listed = chunk[at]!;
      facts.push({ ...fact, class: classOf(listed), listed });
    });
  }
  return { facts, total: keys.length, complete: complete && measured.length === keys.length, scannedAtMs };
}

function classOf(listed: UserKey): KeyClass {
  return listed.dispute !== null || !listed.parsed ? "disputed" : listed.parsed.class;
}
