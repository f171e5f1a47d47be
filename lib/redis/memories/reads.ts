import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { readEmbeddingTerms } from "./embedding-terms";
import { listMemories } from "./list-memories";
import { openMemory } from "./memory-ref";
import { readMemory } from "./read-memory";
import { listInput, ofUserInput, oneInput } from "./schema";

export const readMemories = guardedRead({
  permission: "browse",
  input: listInput,
  run: ({ store, console }, { ref, notIndexed, ...filters }) =>
    listMemories(store, console, {
      ...filters,
      userId: openRef("user", ref),
      notIndexed: notIndexed === "1",
    }),
});

export const readOneMemory = guardedRead({
  permission: "browse",
  input: oneInput,
  run: ({ store, console }, { ref, memory }) =>
    readMemory(store, console, { userId: openRef("user", ref), memory: openMemory(memory) }),
});

export const readTerms = guardedRead({
  permission: "browse",
  input: ofUserInput,
  run: ({ store, console }) => readEmbeddingTerms(store, console, embedder()),
});
