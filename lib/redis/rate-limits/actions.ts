"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { hitRateLimit } from "./hit";
import { repairStuckCounter, resetWindow } from "./repair";
import { clearDefaultInput, setDefaultInput, setOverrideInput, userInput, windowInput } from "./schema";
import { clearDefaultLimit, clearLimitOverride, setDefaultLimit, setLimitOverride } from "./settings";

export const resetWindowAction = guardedAction({
  permission: "limits.repair",
  input: windowInput,
  run: ({ store }, { ref, window }) => resetWindow(store, { userId: openRef("user", ref), window }),
});

export const repairStuckCounterAction = guardedAction({
  permission: "limits.repair",
  input: windowInput,
  run: ({ store }, { ref, window }) => repairStuckCounter(store, { userId: openRef("user", ref), window }),
});

export const hitRateLimitAction = guardedAction({
  permission: "limits.edit",
  input: userInput,
  run: ({ store, console }, { ref }) => hitRateLimit(store, console, { userId: openRef("user", ref) }),
});

export const setLimitOverrideAction = guardedAction({
  permission: "limits.edit",
  input: setOverrideInput,
  run: ({ console, operator }, { ref, ...setting }) =>
    setLimitOverride(console, { ...setting, userId: openRef("user", ref), setBy: operator.id }),
});

export const clearLimitOverrideAction = guardedAction({
  permission: "limits.edit",
  input: windowInput,
  run: ({ console }, { ref, window }) =>
    clearLimitOverride(console, { userId: openRef("user", ref), window }),
});

export const setDefaultLimitAction = guardedAction({
  permission: "limits.edit",
  input: setDefaultInput,
  run: ({ console, operator }, setting) => setDefaultLimit(console, { ...setting, setBy: operator.id }),
});

export const clearDefaultLimitAction = guardedAction({
  permission: "limits.edit",
  input: clearDefaultInput,
  run: ({ console }, { window }) => clearDefaultLimit(console, { window }),
});
