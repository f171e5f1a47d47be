"use server";

import { guardedAction } from "../../auth/guard";
import { confirmedErasure } from "./confirm";
import { startErasure } from "./run";
import { startErasureInput } from "./schema";

export const startErasureAction = guardedAction({
  permission: "erase",
  input: startErasureInput,
  run: async ({ store, console, operator }, input) => {
    const { run, started } = await startErasure(store, console, {
      ...confirmedErasure(input),
      startedBy: operator.id,
    });
    return { run, started };
  },
});
