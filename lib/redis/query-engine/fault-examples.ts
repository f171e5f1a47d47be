/**
 * Memories that the doctor of an index shows as examples of a fault, as sealed references:
 *
 *   console:indexes:fault-examples  hash  subject, index, fault and place → JSON of the references, each with a life
 *
 * A field begins with the keyed hash of the person's id, so that an erasure finds what speaks of that person.
 */
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import type { ParsedKey } from "../keys";
import { toArray, toPairs, toText } from "../store/reply";
import type { Store } from "../store/store";

/** So many of each fault: enough to see what kind of memories they are. */
export const EXAMPLES_PER_FAULT = 5;
const KEEP_SECONDS = 30 * 86_400;

export interface FaultExample {
  fault: string;
  /** Sealed references. */
  userRef: string;
  memoryRef: string;
}

/** @param at 0 to {@link EXAMPLES_PER_FAULT} − 1: an example at the same place is replaced */
export async function keepExamples(
  consoleStore: Store,
  index: string,
  examples: readonly { fault: string; at: number; memory: ParsedKey & { class: "memories" } }[],
): Promise<void> {
  const key = consoleKeys.faultExamples();
  const commands = examples.flatMap(({ fault, at, memory: { userId, category, number } }) => {
    const field = fieldOf(subjectOf(userId), index, fault, at);
    const value: FaultExample = {
      fault,
      userRef: sealRef("user", userId),
      memoryRef: sealRef("memory", Buffer.concat([category, Buffer.from(":"), number])),
    };
    return [
      ["HSET", key, field, JSON.stringify(value)] as const,
      ["HEXPIRE", key, KEEP_SECONDS, "FIELDS", 1, field] as const,
    ];
  });
  if (commands.length > 0) await consoleStore.transaction(commands);
}

/** What is kept for one index. */
export async function readExamples(consoleStore: Store, index: string): Promise<FaultExample[]> {
  const pairs = toPairs(await consoleStore.command("HGETALL", consoleKeys.faultExamples()));
  return pairs
    .filter(([field]) => partsOf(field.toString("utf8")).index === index)
    .map(([, value]) => JSON.parse(toText(value)) as FaultExample);
}

/** A new look at an index begins without the old one's examples. */
export async function forgetExamples(consoleStore: Store, index: string): Promise<void> {
  await forget(consoleStore, (field) => partsOf(field).index === index);
}

/** What speaks of a person goes with the person. */
export async function eraseExamples(consoleStore: Store, subject: string): Promise<void> {
  await forget(consoleStore, (field) => field.startsWith(`${subject}\n`));
}

async function forget(consoleStore: Store, isMeant: (field: string) => boolean): Promise<void> {
  const key = consoleKeys.faultExamples();
  const fields = toArray(await consoleStore.command("HKEYS", key)).map((field) => toText(field));
  const meant = fields.filter(isMeant);
  if (meant.length > 0) await consoleStore.command("HDEL", key, ...meant);
}

function fieldOf(subject: string, index: string, fault: string, at: number): string {
  return [subject, fault, at, index].join("\n");
}

/** An index's name may hold anything, so it stands last. */
function partsOf(field: string): { index: string } {
  return { index: field.split("\n").slice(3).join("\n") };
}
