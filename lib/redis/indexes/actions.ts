"use server";

import { guardedAction } from "../../auth/guard";
import { adoptIndex, createIndex } from "./operations";
import { adoptIndexInput, createIndexInput } from "./schema";

export const createIndexAction = guardedAction({
  name: "indexes.create",
  permission: "indexes.edit",
  input: createIndexInput,
  run: ({ store }, input) => createIndex(store, input),
  counts: () => ({ indexes: 1 }),
  mask: "impersonal",
});

export const adoptIndexAction = guardedAction({
  name: "indexes.adopt",
  permission: "indexes.edit",
  input: adoptIndexInput,
  run: ({ store, console }, input) => adoptIndex(store, console, input),
  counts: ({ name }) => ({ indexes: name === null ? 0 : 1 }),
  mask: "impersonal",
});
