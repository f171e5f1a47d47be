import "server-only";
import { guardedRead } from "../../auth/guard";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { readSetup } from "./operations";
import { setupInput } from "./schema";

export const readSearchSetup = guardedRead({
  permission: "browse",
  input: setupInput,
  run: ({ store, console }, { user }) =>
    readSetup(store, console, embedder(), user === undefined ? null : openRef("user", user)),
});
