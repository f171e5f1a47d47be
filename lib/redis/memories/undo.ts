/** Taking a change of memories back: exactly, or not at all. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import { undoHeld } from "../undo-record";
import { type MemoryImage, putBack } from "./memory-image";
import { keyOf, openMemory } from "./memory-ref";
import type { UndoneMemories } from "./types";
import { CHANGED, writeFields } from "./write-fields";

/** The scope of every undo of a person's memories (undo-record.ts): after a deletion there is no memory to name. */
export const UNDO_SCOPE = "memories";

/** Times are epoch ms by Redis's clock, -1 for no end. */
export type Held =
  | {
      kind: "deleted";
      memories: MemoryImage[];
      /** Of a merge: the one that stayed, whose importance goes back if nobody changed it since. */
      kept: { memory: string; version: string; importance: string | null } | null;
    }
  | { kind: "life"; memory: string; setAtMs: number; formerAtMs: number };

const RESTORE_LIFE = `
if redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[1]) then return 'moved' end
if tonumber(ARGV[2]) < 0 then redis.call('PERSIST', KEYS[1])
else redis.call('PEXPIREAT', KEYS[1], ARGV[2]) end
return 'ok'`;

export interface MemoryUndo {
  userId: Buffer;
  subject: string;
  /** The name that the change was answered with. */
  undo: string;
}

/**
 * Of several deleted memories those are put back whose place is free; how many were not is said.
 * @throws SafeError `not_found` when its time is over (or it was undone already); `conflict` when nothing could be put
 *   back because something else is there now
 */
export async function undoMemoryChange(
  store: Store,
  consoleStore: Store,
  { userId, subject, undo }: MemoryUndo,
): Promise<UndoneMemories & { held: Held }> {
  return undoHeld(consoleStore, {
    subject,
    scope: UNDO_SCOPE,
    undo,
    restore: (held: Held) => restore(store, userId, held),
  });
}

async function restore(store: Store, userId: Buffer, held: Held): Promise<UndoneMemories & { held: Held }> {
  if (held.kind === "life") {
    await restoreLife(store, userId, held);
    return { kind: "life", memories: 1, refused: 0, held };
  }
  const outcomes: string[] = [];
  for (const image of held.memories) outcomes.push(await putBack(store, userId, image));
  const memories = outcomes.filter((outcome) => outcome === "ok").length;
  if (memories === 0) throw outcomes.includes("over") ? lifeOver() : placeTaken();
  if (held.kept) await restoreImportance(store, userId, held.kept);
  return { kind: "deleted", memories, refused: outcomes.length - memories, held };
}

async function restoreLife(store: Store, userId: Buffer, held: Held & { kind: "life" }): Promise<void> {
  if (held.formerAtMs >= 0 && held.formerAtMs <= Date.now()) throw lifeOver();
  const key = keyOf(userId, openMemory(held.memory));
  try {
    const outcome = await store.command("EVAL", RESTORE_LIFE, 1, key, held.setAtMs, held.formerAtMs);
    if (toText(outcome) !== "ok") {
      throw new SafeError("conflict", "Its life was changed meanwhile, so it was left as it is.", {
        hint: "Look again.",
      });
    }
  } finally {
    touchKeys(store, userId, key);
  }
}

/** A memory that was changed since is somebody's work: it keeps the importance it has. */
async function restoreImportance(
  store: Store,
  userId: Buffer,
  { memory, version, importance }: { memory: string; version: string; importance: string | null },
): Promise<void> {
  const change =
    importance === null
      ? { fields: [], taken: ["importance"] }
      : { fields: ["importance", Buffer.from(importance, "base64")] };
  try {
    await writeFields(store, { userId, memory: openMemory(memory), version, ...change });
  } catch (error) {
    if (error !== CHANGED && !(error instanceof SafeError && error.code === "not_found")) throw error;
  }
}

function placeTaken(): SafeError {
  return new SafeError("conflict", "Something else stands under its name now, so it was not put back.", {
    hint: "Somebody wrote a memory of this category and number meanwhile. Look again.",
  });
}

function lifeOver(): SafeError {
  return new SafeError("conflict", "The life it had is over: put back, it would be gone at once.");
}
