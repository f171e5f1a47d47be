import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { searchMemories } from "../recall/operations";
import { readSetup } from "../recall/setup";
import { maskSearchResult, maskSearchSetup } from "./mask";
import { questionOf } from "./question";
import { searchInput, setupInput } from "./schema";

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
