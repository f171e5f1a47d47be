"use server";

import { guardedAction } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { asRead } from "./as-read";
import { searchMemories } from "./operations";
import { questionOf } from "./question";
import { searchInput } from "./schema";

/** An action, not a GET: what people look for is personal and belongs into no address. */
export const searchAction = guardedAction({
  permission: "browse",
  input: searchInput,
  run: ({ store, console }, input) =>
    asRead(() => searchMemories(store, console, embedder(), questionOf(input))),
});
