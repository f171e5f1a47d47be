import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { previewErasure } from "./preview";
import { readRun } from "./run-state";
import { type ErasureRunState, userInput } from "./schema";

export const readErasurePreview = guardedRead({
  permission: "erase",
  input: userInput,
  run: ({ store, console }, { ref }) => previewErasure(store, console, { userId: openRef("user", ref) }),
});

export const readErasureRun = guardedRead({
  permission: "erase",
  input: userInput,
  run: async ({ console }, { ref }): Promise<ErasureRunState> => ({
    run: await readRun(console, openRef("user", ref)),
    readAtMs: Date.now(),
  }),
});
