/** Putting a person back as they were before the playground. */
import { subjectOf } from "../../subjects";
import { forgetPerson } from "../keyspace/kept-of-person";
import { isError } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { type KeyCopy, ownKeys, readKeys } from "./key-copies";
import { endRun, type KeptRun, noRun, readKept } from "./run-state";
import type { RestoreResult } from "./types";

/** So many commands in one go: a batch is one round trip, and holds other clients up no longer than that. */
const BATCH = 200;

/**
 * Makes the person's keys what they were: keys that were not there go, keys that changed are written anew with every
 * byte and every life they had, keys whose life would be over by now are gone. What is as it was is not touched.
 *
 * Of a throw-away person everything goes. Of a real one, what somebody else wrote meanwhile stays unless `others` is
 * said: the run is kept then, until its hour ends.
 * @throws SafeError `not_found` when the hour is over
 */
export async function restorePerson(
  store: Store,
  consoleStore: Store,
  { userId, others }: { userId: Buffer; others: boolean },
): Promise<RestoreResult> {
  const subject = subjectOf(userId);
  const kept = await readKept(consoleStore, subject);
  if (!kept) throw noRun();
  const { unlink, restore, result } = await planRestore(store, userId, kept, others);
  await send(
    store,
    unlink.map((key): Command => ["UNLINK", key]),
  );
  await send(
    store,
    restore.map((copy): Command => {
      const endMs = Math.max(0, copy.expireAtMs);
      return ["RESTORE", keyOf(copy), endMs, Buffer.from(copy.dump, "base64"), "REPLACE", "ABSTTL"];
    }),
  );
  forgetPerson(store, userId);
  if (result.others === 0) await endRun(consoleStore, subject);
  return result;
}

interface RestorePlan {
  unlink: Buffer[];
  restore: KeyCopy[];
  result: RestoreResult;
}

async function planRestore(
  store: Store,
  userId: Buffer,
  { run, copies, touched }: KeptRun,
  others: boolean,
): Promise<RestorePlan> {
  const ours = new Set(touched.map(nameOf));
  const mayWrite = (key: Buffer) => run.throwAway || others || ours.has(nameOf(key));
  const now = await ownKeys(store, userId);
  const readings = await readKeys(store, now);
  const before = new Map(copies.map((copy) => [nameOf(keyOf(copy)), copy]));

  const plan: RestorePlan = {
    ...{ unlink: [], restore: [] },
    result: { putBack: 0, removed: 0, ended: 0, others: 0, throwAway: run.throwAway },
  };
  const { result } = plan;
  for (const [at, { key }] of now.entries()) {
    const copy = before.get(nameOf(key));
    const isAsBefore = copy !== undefined && copy.digest === readings[at]?.digest;
    const isLeft = !isAsBefore && !mayWrite(key);
    if (isLeft) result.others += 1;
    // What is left of them is keys that are gone, and keys that are written over.
    if (isAsBefore || isLeft) before.delete(nameOf(key));
    else if (!copy || isOver(copy)) {
      plan.unlink.push(key);
      if (copy) result.ended += 1;
      else result.removed += 1;
    }
  }
  for (const copy of before.values()) {
    if (isOver(copy)) continue;
    if (mayWrite(keyOf(copy))) plan.restore.push(copy);
    else result.others += 1;
  }
  result.putBack = plan.restore.length;
  return plan;
}

/** @throws the first refusal: what was not written is told, not counted */
async function send(store: Store, commands: readonly Command[]): Promise<void> {
  for (let from = 0; from < commands.length; from += BATCH) {
    const refused = (await store.pipeline(commands.slice(from, from + BATCH))).find(isError);
    if (refused) throw refused;
  }
}

/**
 * Would it be gone by now? A hash whose fields are all over would come back as one without fields (measured on 8.0.2),
 * which no other command can make: so what ends in this second is left to have ended.
 */
function isOver({ endsAtMs }: KeyCopy): boolean {
  return endsAtMs >= 0 && endsAtMs <= Date.now() + 1_000;
}

function keyOf({ key }: KeyCopy): Buffer {
  return Buffer.from(key, "base64");
}

function nameOf(key: Buffer): string {
  return key.toString("latin1");
}
