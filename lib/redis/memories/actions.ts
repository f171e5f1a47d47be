"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { orderBulk, startBulk } from "./bulk-start";
import {
  bulkInput,
  bulkOrderInput,
  lifeInput,
  mergeInput,
  moveInput,
  repairInput,
  undoMemoriesInput,
} from "./change-schema";
import { maskCreated, maskMoved } from "./mask";
import { openMemory } from "./memory-ref";
import {
  createByOperator,
  deleteByOperator,
  lifeByOperator,
  mergeByOperator,
  moveByOperator,
  repairByOperator,
  undoByOperator,
  updateByOperator,
} from "./operator-edits";
import { createInput, deleteInput, updateInput } from "./schema";

const ofPerson = ({ ref }: { ref: string }) => openRef("user", ref);
const named = ({ ref, memory }: { ref: string; memory: string }) => ({
  userId: openRef("user", ref),
  memory: openMemory(memory),
});

export const createMemoryAction = guardedAction({
  name: "memories.create",
  permission: "memories.edit",
  input: createInput,
  subject: ofPerson,
  run: (context, { ref, ...memory }) =>
    createByOperator(context, { ...memory, userId: openRef("user", ref) }),
  counts: () => ({ memories: 1 }),
  mask: maskCreated,
});

export const updateMemoryAction = guardedAction({
  name: "memories.update",
  permission: "memories.edit",
  input: updateInput,
  subject: ofPerson,
  run: (context, { ref, memory, ...edit }) =>
    updateByOperator(context, { ...edit, ...named({ ref, memory }) }),
  counts: ({ changed }) => ({ memories: changed.length > 0 ? 1 : 0 }),
  mask: "impersonal",
});

export const repairMemoryAction = guardedAction({
  name: "memories.repair",
  permission: "memories.edit",
  input: repairInput,
  subject: ofPerson,
  run: (context, { ref, memory, ...repair }) =>
    repairByOperator(context, { ...repair, ...named({ ref, memory }) }),
  counts: () => ({ memories: 1 }),
  mask: "impersonal",
});

export const deleteMemoryAction = guardedAction({
  name: "memories.delete",
  permission: "memories.edit",
  input: deleteInput,
  subject: ofPerson,
  run: (context, { ref, memory, version }) =>
    deleteByOperator(context, { ...named({ ref, memory }), version }),
  counts: () => ({ memories: 1 }),
  mask: "impersonal",
});

export const setMemoryLifeAction = guardedAction({
  name: "memories.life",
  permission: "memories.edit",
  input: lifeInput,
  subject: ofPerson,
  run: (context, { ref, memory, ...life }) => lifeByOperator(context, { ...life, ...named({ ref, memory }) }),
  counts: () => ({ memories: 1 }),
  mask: "impersonal",
});

export const moveMemoryAction = guardedAction({
  name: "memories.move",
  permission: "memories.edit",
  input: moveInput,
  subject: ofPerson,
  run: (context, { ref, memory, ...move }) => moveByOperator(context, { ...move, ...named({ ref, memory }) }),
  counts: () => ({ memories: 1 }),
  mask: maskMoved,
});

export const mergeMemoriesAction = guardedAction({
  name: "memories.merge",
  permission: "memories.edit",
  input: mergeInput,
  subject: ofPerson,
  run: (context, { ref, keep, drop }) =>
    mergeByOperator(context, {
      userId: openRef("user", ref),
      keep: { ...keep, memory: openMemory(keep.memory) },
      drop: drop.map((one) => ({ ...one, memory: openMemory(one.memory) })),
    }),
  counts: ({ merged }) => ({ memories: merged }),
  mask: "impersonal",
});

export const undoMemoriesAction = guardedAction({
  name: "memories.undo",
  permission: "memories.edit",
  input: undoMemoriesInput,
  subject: ofPerson,
  run: (context, { ref, undo }) =>
    undoByOperator(context, { userId: openRef("user", ref), subject: context.subject ?? "", undo }),
  counts: ({ memories }) => ({ memories }),
  mask: "impersonal",
});

export const startBulkAction = guardedAction({
  name: "memories.bulk",
  permission: "memories.edit",
  input: bulkInput,
  subject: ofPerson,
  run: startBulk,
  // How many it changed stands in the log when it has ended.
  counts: () => ({}),
  mask: "impersonal",
});

export const orderBulkAction = guardedAction({
  name: "memories.bulk-order",
  permission: "memories.edit",
  input: bulkOrderInput,
  subject: ofPerson,
  run: orderBulk,
  counts: () => ({}),
  mask: "impersonal",
});
