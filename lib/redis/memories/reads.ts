import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { readEmbeddingTerms } from "./embedding-terms";
import { listMemories } from "./list-memories";
import { maskMemoryDetail, maskMemoryList } from "./mask";
import { openMemory } from "./memory-ref";
import { readMemory } from "./read-memory";
import { listInput, ofUserInput, oneInput } from "./schema";

export const readMemories = guardedRead({
  name: "memories.list",
  permission: "browse",
  input: listInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref, notIndexed, withLife, ...filters }) =>
    listMemories(store, console, {
      ...filters,
      userId: openRef("user", ref),
      notIndexed: notIndexed === "1",
      withLife: withLife === "1",
    }),
  mask: maskMemoryList,
});

export const readOneMemory = guardedRead({
  name: "memories.read",
  permission: "browse",
  input: oneInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref, memory }) =>
    readMemory(store, console, { userId: openRef("user", ref), memory: openMemory(memory) }),
  mask: maskMemoryDetail,
});

/** Of the person only the address is taken: what a text would be embedded with is the same for all. */
export const readTerms = guardedRead({
  name: "memories.terms",
  permission: "browse",
  input: ofUserInput,
  run: ({ store, console }) => readEmbeddingTerms(store, console, embedder()),
  mask: "impersonal",
});
