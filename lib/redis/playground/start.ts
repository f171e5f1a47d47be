/** The beginning of a run: a person made for it, or a real one whose keys are copied first. */
import { randomBytes } from "node:crypto";
import { displayBytes, namesBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { rightsProbeKey } from "../keys";
import { isError } from "../store/reply";
import type { Store } from "../store/store";
import { copyKeys, ownKeys } from "./key-copies";
import { RUN_MS, TEST_PREFIX } from "./rules";
import { beginRun, endRun, type RunRecord, readRun } from "./run-state";
import type { PlaygroundRun } from "./types";

export interface StartInput {
  /** null: somebody made for this. */
  userId: Buffer | null;
  /** The id, typed: a real person's store is written only for who names them. */
  confirm: string | undefined;
  /** The operator's name. */
  by: string;
}

/**
 * @throws SafeError `invalid_input` when the confirmation does not name the person; `conflict` when there is more than is
 *   kept; `store_refused` where the Redis user may not DUMP and RESTORE
 */
export async function startRun(store: Store, consoleStore: Store, input: StartInput): Promise<PlaygroundRun> {
  const throwAway = input.userId === null;
  const userId = input.userId ?? Buffer.from(`${TEST_PREFIX}${letters(10)}`);
  const subject = subjectOf(userId);
  const known = await readRun(consoleStore, subject);
  if (known) return runDto(userId, known);
  if (!throwAway && !namesBytes(input.confirm ?? "", userId)) {
    throw new SafeError("invalid_input", "It must be the person's id, exactly.", {
      field: "confirm",
      hint: "Their own store is written. Or take a throw-away person.",
    });
  }
  if (!throwAway) await requireRestore(store);
  const copies = throwAway ? [] : await copyKeys(store, await ownKeys(store, userId));
  const startedAtMs = Date.now();
  const run: RunRecord = {
    ...{ throwAway, startedAtMs, untilMs: startedAtMs + RUN_MS, by: input.by },
    session: Buffer.from(`${TEST_PREFIX}${letters(6)}`).toString("base64"),
    keptKeys: copies.length,
  };
  if (await beginRun(consoleStore, subject, run, copies)) return runDto(userId, run);
  const other = await readRun(consoleStore, subject);
  if (other) return runDto(userId, other);
  await endRun(consoleStore, subject);
  throw new SafeError("conflict", "The run of before ended in this moment.", { hint: "Begin again." });
}

export function runDto(userId: Buffer, run: RunRecord): PlaygroundRun {
  const { throwAway, startedAtMs, untilMs, by, keptKeys, session } = run;
  return {
    ...{ userRef: sealRef("user", userId), label: displayBytes(userId) },
    ...{ throwAway, startedAtMs, untilMs, by, keptKeys },
    sessionRef: sealRef("session", Buffer.from(session, "base64")),
  };
}

/** Found out at the end, the person could not be put back: an empty payload is refused for itself, or for the right. */
async function requireRestore(store: Store): Promise<void> {
  const [answer] = await store.pipeline([["RESTORE", rightsProbeKey(), 0, ""]]);
  if (isError(answer) && answer.message.startsWith("NOPERM")) throw answer;
}

const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
