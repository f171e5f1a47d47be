"use server";

import { guardedAction } from "../../auth/guard";
import { adoptIndex, createIndex } from "./operations";
import { adoptIndexInput, createIndexInput } from "./schema";

export const createIndexAction = guardedAction({
  permission: "indexes.edit",
  input: createIndexInput,
  run: ({ store }, input) => createIndex(store, input),
});

export const adoptIndexAction = guardedAction({
  permission: "indexes.edit",
  input: adoptIndexInput,
  run: ({ store, console }, input) => adoptIndex(store, console, input),
});
