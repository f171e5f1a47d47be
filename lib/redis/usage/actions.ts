"use server";

import { guardedAction } from "../../auth/guard";
import { surveyorOf } from "../keyspace/survey";
import { noInput } from "./schema";

/** Walk the keyspace again now, whatever the age of the last walk. Changes nothing in the store. */
export const rescanKeyspace = guardedAction({
  name: "usage.rescan",
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => (await surveyorOf(store, console).rescan()).status,
  mask: "impersonal",
});
