"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { confirmedErasure } from "./confirm";
import { groundsOf } from "./grounds";
import { startErasure } from "./run";
import { startErasureInput } from "./schema";

export const startErasureAction = guardedAction({
  name: "erasure.start",
  permission: "erase",
  fresh: true,
  input: startErasureInput,
  subject: ({ ref }) => openRef("user", ref),
  grounds: groundsOf,
  run: async ({ store, console, operator, requestId, audit, stillAllowed }, input) => {
    const { reason: ground, ticket } = groundsOf(input);
    const { run, started } = await startErasure(store, console, {
      ...confirmedErasure(input),
      ...{
        startedBy: operator.id,
        startedByName: operator.name,
        role: operator.role,
        requestId,
        ground,
        ticket,
      },
      ...{ audit, stillAllowed },
    });
    return { run, started };
  },
  counts: ({ started }) => ({ runs: started ? 1 : 0 }),
  mask: "impersonal",
});
