"use server";

import { guardedAction } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { createMemory } from "./create-memory";
import { deleteMemory } from "./delete-memory";
import { maskCreated } from "./mask";
import { openMemory } from "./memory-ref";
import { createInput, deleteInput, updateInput } from "./schema";
import { updateMemory } from "./update-memory";

export const createMemoryAction = guardedAction({
  name: "memories.create",
  permission: "memories.edit",
  input: createInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref, ...memory }) =>
    createMemory(store, console, embedder(), { ...memory, userId: openRef("user", ref) }),
  counts: () => ({ memories: 1 }),
  mask: maskCreated,
});

export const updateMemoryAction = guardedAction({
  name: "memories.update",
  permission: "memories.edit",
  input: updateInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref, memory, ...edit }) =>
    updateMemory(store, console, embedder(), {
      ...edit,
      userId: openRef("user", ref),
      memory: openMemory(memory),
    }),
  counts: ({ changed }) => ({ memories: changed.length > 0 ? 1 : 0 }),
  mask: "impersonal",
});

export const deleteMemoryAction = guardedAction({
  name: "memories.delete",
  permission: "memories.edit",
  input: deleteInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store }, { ref, memory }) =>
    deleteMemory(store, { userId: openRef("user", ref), memory: openMemory(memory) }),
  counts: () => ({ memories: 1 }),
  mask: "impersonal",
});
