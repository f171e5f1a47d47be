import "server-only";
import { z } from "zod";
import { guardedRead } from "../../auth/guard";
import { maskIndexes } from "./mask";
import { readIndexes } from "./operations";

export const readIndexesState = guardedRead({
  name: "indexes.list",
  permission: "browse",
  input: z.object({}),
  run: ({ store, console }) => readIndexes(store, console),
  mask: maskIndexes,
});
