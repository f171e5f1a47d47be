/**
 * A run of the playground in the console's own state: whose, until when, what it touched, and the person's keys as they
 * were before. It lies under the person's subject, sealed, and ends with the hour; an erasure takes it along.
 *
 *   console:playground:{subject}  hash  run · copies · prompt · one field for each touched key
 */
import { createHash } from "node:crypto";
import { SafeError } from "../../errors";
import { seal, unseal } from "../../sealed";
import { consoleKeys } from "../console-keys";
import { toInt, toPairs, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { KeyCopy } from "./key-copies";
import type { PromptMessage } from "./types";

export interface RunRecord {
  throwAway: boolean;
  startedAtMs: number;
  untilMs: number;
  by: string;
  /** The session's name, base64. */
  session: string;
  keptKeys: number;
}

export interface KeptRun {
  run: RunRecord;
  copies: KeyCopy[];
  /** Keys that the playground wrote. */
  touched: Buffer[];
}

/** @returns false when there is a run of this person already */
export async function beginRun(
  consoleStore: Store,
  subject: string,
  run: RunRecord,
  copies: readonly KeyCopy[],
): Promise<boolean> {
  const key = consoleKeys.playground(subject);
  const [begun] = await consoleStore.transaction([
    ["HSETNX", key, "run", seal(placeOf(subject, "run"), JSON.stringify(run))],
    ["HSETNX", key, "copies", seal(placeOf(subject, "copies"), JSON.stringify(copies))],
    // Of two that begin at once the first one's end stands.
    ["PEXPIREAT", key, run.untilMs, "NX"],
  ]);
  return toInt(begun) === 1;
}

/** @returns null when there is none, or its hour is over */
export async function readRun(consoleStore: Store, subject: string): Promise<RunRecord | null> {
  const sealed = await consoleStore.command("HGET", consoleKeys.playground(subject), "run");
  return sealed === null ? null : opened<RunRecord>(subject, "run", toText(sealed));
}

/** @throws SafeError `not_found` */
export async function requireRun(consoleStore: Store, subject: string): Promise<RunRecord> {
  const run = await readRun(consoleStore, subject);
  if (run) return run;
  throw noRun();
}

export function noRun(): SafeError {
  return new SafeError("not_found", "The playground holds nobody of this name any more.", {
    hint: "A run ends after an hour, or when it was put back. Begin another one.",
  });
}

export async function readKept(consoleStore: Store, subject: string): Promise<KeptRun | null> {
  const pairs = toPairs(await consoleStore.command("HGETALL", consoleKeys.playground(subject)));
  const fields = new Map(pairs.map(([name, value]) => [name.toString("latin1"), toText(value)]));
  const run = opened<RunRecord>(subject, "run", fields.get("run") ?? "");
  const copies = opened<KeyCopy[]>(subject, "copies", fields.get("copies") ?? "");
  if (!run || !copies) return null;
  const touched = [...fields].flatMap(([name, sealed]) => {
    const key = name.startsWith("touched:") ? opened<string>(subject, name, sealed) : null;
    return key === null ? [] : [Buffer.from(key, "base64")];
  });
  return { run, copies, touched };
}

/** Say that a key will be written, before it is: what was begun and broke off is put back too. */
export async function noteTouched(
  consoleStore: Store,
  subject: string,
  { untilMs }: RunRecord,
  keys: readonly Buffer[],
): Promise<void> {
  const key = consoleKeys.playground(subject);
  const fields = keys.flatMap((touched) => {
    const name = `touched:${createHash("sha256").update(touched).digest("hex").slice(0, 24)}`;
    return [name, seal(placeOf(subject, name), JSON.stringify(touched.toString("base64")))];
  });
  await consoleStore.transaction([
    ["HSET", key, ...fields],
    // Its hour may have ended in this moment: then this is no state of nobody's.
    ["PEXPIREAT", key, untilMs, "NX"],
  ]);
}

/** The prompt that waits for its answer; null takes it away. */
export async function keepPrompt(
  consoleStore: Store,
  subject: string,
  { untilMs }: RunRecord,
  prompt: readonly PromptMessage[] | null,
): Promise<void> {
  const key = consoleKeys.playground(subject);
  if (prompt === null) {
    await consoleStore.command("HDEL", key, "prompt");
    return;
  }
  await consoleStore.transaction([
    ["HSET", key, "prompt", seal(placeOf(subject, "prompt"), JSON.stringify(prompt))],
    ["PEXPIREAT", key, untilMs, "NX"],
  ]);
}

export async function keptPrompt(consoleStore: Store, subject: string): Promise<PromptMessage[] | null> {
  const sealed = await consoleStore.command("HGET", consoleKeys.playground(subject), "prompt");
  return sealed === null ? null : opened<PromptMessage[]>(subject, "prompt", toText(sealed));
}

export async function endRun(consoleStore: Store, subject: string): Promise<void> {
  await consoleStore.command("UNLINK", consoleKeys.playground(subject));
}

function opened<T>(subject: string, what: string, sealed: string): T | null {
  const text = unseal(placeOf(subject, what), sealed);
  return text === null ? null : (JSON.parse(text) as T);
}

function placeOf(subject: string, what: string): string {
  return `playground\0${subject}\0${what}`;
}
