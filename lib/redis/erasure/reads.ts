import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { maskPreview } from "./mask";
import { previewErasure } from "./preview";
import { readRunAndTell } from "./run-record";
import { type ErasureRunState, userInput } from "./schema";

export const readErasurePreview = guardedRead({
  name: "erasure.preview",
  permission: "erase",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref }) => previewErasure(store, console, { userId: openRef("user", ref) }),
  mask: maskPreview,
});

/** A run's state holds counts and reasons, and neither id nor name. */
export const readErasureRun = guardedRead({
  name: "erasure.state",
  permission: "erase",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: async ({ console, audit }, { ref }): Promise<ErasureRunState> => ({
    run: await readRunAndTell(console, audit, openRef("user", ref)),
    readAtMs: Date.now(),
  }),
  mask: "impersonal",
});
