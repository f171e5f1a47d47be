import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { searchMemories } from "../recall/operations";
import { readSetup } from "../recall/setup";
import { searchVectorSets } from "../recall/vector-sets";
import { whyNotFound } from "../recall/why-not-found";
import { maskSearchResult, maskSearchSetup } from "./mask";
import { maskVectorSets, maskWhy } from "./mask-why";
import { expectedMemory, questionOf } from "./question";
import { searchInput, setupInput, vectorSetsInput, whyInput } from "./schema";

export const readSearchSetup = guardedRead({
  name: "search.setup",
  permission: "browse",
  input: setupInput,
  subject: ({ user }) => (user === undefined ? null : openRef("user", user)),
  run: ({ store, console }, { user }) =>
    readSetup(store, console, embedder(), user === undefined ? null : openRef("user", user)),
  mask: maskSearchSetup,
});

/** Asked by POST: what people look for is personal and belongs into no address. */
export const searchMemoriesRead = guardedRead({
  name: "search.memories",
  permission: "browse",
  input: searchInput,
  subject: (input) => questionOf(input).userId,
  run: ({ store, console }, input) => searchMemories(store, console, null, questionOf(input)),
  mask: maskSearchResult,
});

/** Why a search passes over a memory that somebody expected. About a dozen searches: asked for by a press. */
export const whyNotFoundRead = guardedRead({
  name: "search.why",
  permission: "browse",
  input: whyInput,
  subject: ({ userRef }) => openRef("user", userRef),
  run: ({ store, console }, input) =>
    whyNotFound(store, console, null, questionOf(input), expectedMemory(input)),
  mask: maskWhy,
});

export const searchVectorSetsRead = guardedRead({
  name: "search.vector-sets",
  permission: "browse",
  input: vectorSetsInput,
  subject: ({ userRef }) => openRef("user", userRef),
  run: ({ store }, { userRef, query, vector, byteOrder, k }) =>
    searchVectorSets(store, embedder(), {
      userId: openRef("user", userRef),
      query,
      vector: vector ?? null,
      byteOrder,
      k,
    }),
  mask: maskVectorSets,
});
