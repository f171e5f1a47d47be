/** What operators do to memories: the deed, then what its history and its undo need. */
import { embedder } from "../../embeddings/embedder";
import { logEvent } from "../../log";
import type { Store } from "../store/store";
import { holdForUndo } from "../undo-record";
import { createMemory, type NewMemory } from "./create-memory";
import { type MemoryToDelete, takeMemory } from "./delete-memory";
import { appendHistory, type Edit, fadeHistory, keepHistory, moveHistory } from "./history";
import type { HistoryDeed } from "./history-schema";
import { changeMemoryLife, type MemoryLifeInput } from "./memory-life";
import { type MemoryName, openMemory } from "./memory-ref";
import { type Merge, mergeMemories } from "./merge-memories";
import { type MemoryMove, moveMemory } from "./move-memory";
import { type MemoryRepair, repairMemory } from "./repair-memory";
import type { UndoneMemories } from "./types";
import { type MemoryUndo, UNDO_SCOPE, undoMemoryChange } from "./undo";
import { editMemory, type MemoryEdit } from "./update-memory";

/** A guard's context is one. */
export interface EditContext {
  store: Store;
  console: Store;
  operator: { id: string; name: string };
  subject: string | null;
}

export async function createByOperator(context: EditContext, input: NewMemory) {
  const { store, console } = context;
  const made = await createMemory(store, console, embedder(), input);
  const changes: Edit["changes"] = [
    { what: "content", before: null, after: input.content },
    { what: "importance", before: null, after: String(input.importance) },
  ];
  await remember(context, input.userId, "create", { memory: openMemory(made.ref), changes });
  return made;
}

export async function updateByOperator(context: EditContext, edit: MemoryEdit) {
  const { result, changes, written } = await editMemory(context.store, context.console, embedder(), edit);
  await remember(context, edit.userId, "edit", { memory: edit.memory, changes, ...written });
  return result;
}

export async function repairByOperator(context: EditContext, repair: MemoryRepair) {
  const { change, written } = await repairMemory(context.store, repair);
  await remember(context, repair.userId, "repair", { memory: repair.memory, changes: [change], ...written });
  return { repaired: true };
}

export async function deleteByOperator(context: EditContext, input: MemoryToDelete) {
  const { result, held } = await takeMemory(context.store, input);
  await quietly(fadeHistory(context.console, input.userId, [input.memory]));
  return { ...result, undo: await hold(context, held) };
}

export async function lifeByOperator(
  context: EditContext,
  input: MemoryLifeInput & { userId: Buffer; memory: MemoryName },
) {
  const { result, held, change } = await changeMemoryLife(context.store, input);
  const { memory, userId } = input;
  await remember(context, userId, "life", { memory, changes: [change], ttlMs: result.ttlMs });
  return { ...result, undo: await hold(context, held) };
}

export async function moveByOperator(context: EditContext, move: MemoryMove) {
  const { result, to, change } = await moveMemory(context.store, move);
  await quietly(moveHistory(context.console, move.userId, move.memory, to));
  await remember(context, move.userId, "category", { memory: to, changes: [change] });
  return result;
}

export async function mergeByOperator(context: EditContext, merge: Merge) {
  const { result, held, edit, gone } = await mergeMemories(context.store, merge);
  await quietly(fadeHistory(context.console, merge.userId, gone));
  await remember(context, merge.userId, "merge", edit);
  return { ...result, undo: await hold(context, held) };
}

export async function undoByOperator(context: EditContext, undo: MemoryUndo): Promise<UndoneMemories> {
  const { held, ...undone } = await undoMemoryChange(context.store, context.console, undo);
  if (held.kind === "deleted") {
    const back = held.memories.map(({ memory }) => openMemory(memory));
    await quietly(keepHistory(context.console, undo.userId, back));
  } else {
    const { memory, setAtMs, formerAtMs } = held;
    const end = (atMs: number) => (atMs < 0 ? null : String(atMs));
    const changes: Edit["changes"] = [{ what: "life", before: end(setAtMs), after: end(formerAtMs) }];
    const ttlMs = formerAtMs < 0 ? null : formerAtMs - Date.now();
    await remember(context, undo.userId, "undo", { memory: openMemory(memory), changes, ttlMs });
  }
  return undone;
}

function hold({ console, subject }: EditContext, held: Parameters<typeof holdForUndo>[1]["held"]) {
  return holdForUndo(console, { subject, scope: UNDO_SCOPE, held });
}

function remember({ console, operator }: EditContext, userId: Buffer, deed: HistoryDeed, edit: Edit) {
  return quietly(appendHistory(console, userId, { id: operator.id, name: operator.name }, deed, [edit]));
}

/** The deed is done and in the audit log: a history that cannot be written is no reason to say that it failed. */
async function quietly(work: Promise<void>): Promise<void> {
  await work.catch(() => logEvent("memory_history_not_written"));
}
