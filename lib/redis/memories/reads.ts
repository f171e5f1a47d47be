import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { previewBulk } from "./bulk-preview";
import { readBulk, scopeOf } from "./bulk-start";
import { bulkInput, duplicatesInput } from "./change-schema";
import { findDuplicates } from "./duplicates";
import { readEmbeddingTerms } from "./embedding-terms";
import { listMemories } from "./list-memories";
import { maskMemoryDetail, maskMemoryList } from "./mask";
import { maskBulkPreview, maskDuplicates, maskHistory } from "./mask-changes";
import { openMemory } from "./memory-ref";
import { readMemoryHistory } from "./read-history";
import { readMemory } from "./read-memory";
import { SAME_FROM } from "./rules";
import { listInput, ofUserInput, oneInput } from "./schema";

const ofPerson = ({ ref }: { ref: string }) => openRef("user", ref);

export const readMemories = guardedRead({
  name: "memories.list",
  permission: "browse",
  input: listInput,
  subject: ofPerson,
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
  subject: ofPerson,
  run: ({ store, console }, { ref, memory }) =>
    readMemory(store, console, { userId: openRef("user", ref), memory: openMemory(memory) }),
  mask: maskMemoryDetail,
});

export const readHistory = guardedRead({
  name: "memories.history",
  permission: "browse",
  input: oneInput,
  subject: ofPerson,
  run: ({ store, console }, { ref, memory }) =>
    readMemoryHistory(store, console, { userId: openRef("user", ref), memory: openMemory(memory) }),
  mask: maskHistory,
});

/** Of the person only the address is taken: what a text would be embedded with is the same for all. */
export const readTerms = guardedRead({
  name: "memories.terms",
  permission: "browse",
  input: ofUserInput,
  run: ({ store, console }) => readEmbeddingTerms(store, console, embedder()),
  mask: "impersonal",
});

/** For those who may merge them: it compares each with each. */
export const readDuplicates = guardedRead({
  name: "memories.duplicates",
  permission: "memories.edit",
  input: duplicatesInput,
  subject: ofPerson,
  run: ({ store, console }, { ref, threshold = SAME_FROM }) =>
    findDuplicates(store, console, { userId: openRef("user", ref), threshold }),
  mask: maskDuplicates,
});

export const readBulkPreview = guardedRead({
  name: "memories.bulk-preview",
  permission: "memories.edit",
  input: bulkInput,
  subject: ofPerson,
  run: ({ store, console }, { ref, scope, change }) =>
    previewBulk(store, console, { userId: openRef("user", ref), scope: scopeOf(scope), change }),
  mask: maskBulkPreview,
});

export const readBulkState = guardedRead({
  name: "memories.bulk-state",
  permission: "memories.edit",
  input: ofUserInput,
  subject: ofPerson,
  run: ({ console, subject }) => readBulk(console, subject ?? ""),
  mask: "impersonal",
});
