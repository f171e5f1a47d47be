import "server-only";
import { z } from "zod";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { readIndexes } from "./operations";

export const readIndexesState = guardedRead({
  permission: "browse",
  input: z.object({}),
  run: ({ store, console }) => readIndexes(store, console, embedder()),
});
