"use server";

import { guardedAction } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { createMemory } from "./create-memory";
import { deleteMemory } from "./delete-memory";
import { openMemory } from "./memory-ref";
import { createInput, deleteInput, updateInput } from "./schema";
import { updateMemory } from "./update-memory";

export const createMemoryAction = guardedAction({
  permission: "memories.edit",
  input: createInput,
  run: ({ store, console }, { ref, ...memory }) =>
    createMemory(store, console, embedder(), { ...memory, userId: openRef("user", ref) }),
});

export const updateMemoryAction = guardedAction({
  permission: "memories.edit",
  input: updateInput,
  run: ({ store, console }, { ref, memory, ...edit }) =>
    updateMemory(store, console, embedder(), {
      ...edit,
      userId: openRef("user", ref),
      memory: openMemory(memory),
    }),
});

export const deleteMemoryAction = guardedAction({
  permission: "memories.edit",
  input: deleteInput,
  run: ({ store }, { ref, memory }) =>
    deleteMemory(store, { userId: openRef("user", ref), memory: openMemory(memory) }),
});
