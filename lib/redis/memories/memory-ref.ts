/** A memory's name inside its person: category and number, neither of which holds a `:`. */
import { SafeError } from "../../errors";
import { openRef, sealRef } from "../../refs";
import { memoryKey } from "../keys";

export interface MemoryName {
  category: Buffer;
  number: Buffer;
}

const COLON = Buffer.from(":");

export function sealMemory({ category, number }: MemoryName): string {
  return sealRef("memory", Buffer.concat([category, COLON, number]));
}

/** @throws SafeError `not_found` when the reference is not one of this console's. */
export function openMemory(ref: string): MemoryName {
  const bytes = openRef("memory", ref);
  const at = bytes.indexOf(COLON);
  if (at < 1 || at === bytes.length - 1) {
    throw new SafeError("not_found", "This link does not name a memory.");
  }
  return { category: bytes.subarray(0, at), number: bytes.subarray(at + 1) };
}

export function keyOf(userId: Buffer, { category, number }: MemoryName): Buffer {
  return memoryKey(userId, category, number);
}
