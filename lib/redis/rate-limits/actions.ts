"use server";

import { guardedAction } from "../../auth/guard";
import { namesPerson } from "../../names-person";
import { openRef } from "../../refs";
import { hitRateLimit } from "./hit";
import { maskOverride } from "./mask";
import { repairStuckCounter, resetWindow } from "./repair";
import { clearDefaultInput, setDefaultInput, setOverrideInput, userInput, windowInput } from "./schema";
import { clearDefaultLimit, clearLimitOverride, setDefaultLimit, setLimitOverride } from "./settings";

const ofPerson = ({ ref }: { ref: string }) => openRef("user", ref);

export const resetWindowAction = guardedAction({
  name: "rate-limits.reset",
  permission: "limits.repair",
  input: windowInput,
  subject: ofPerson,
  run: ({ store }, { ref, window }) => resetWindow(store, { userId: openRef("user", ref), window }),
  mask: "impersonal",
  counts: ({ removed }) => ({ counters: removed ? 1 : 0 }),
});

export const repairStuckCounterAction = guardedAction({
  name: "rate-limits.repair",
  permission: "limits.repair",
  input: windowInput,
  subject: ofPerson,
  run: ({ store }, { ref, window }) => repairStuckCounter(store, { userId: openRef("user", ref), window }),
  mask: "impersonal",
  counts: ({ outcome }) => ({ counters: outcome === "repaired" ? 1 : 0 }),
});

export const hitRateLimitAction = guardedAction({
  name: "rate-limits.hit",
  permission: "limits.edit",
  input: userInput,
  subject: ofPerson,
  run: ({ store, console }, { ref }) => hitRateLimit(store, console, { userId: openRef("user", ref) }),
  mask: "impersonal",
  counts: ({ windows }) => ({ counters: windows.length }),
});

export const setLimitOverrideAction = guardedAction({
  name: "rate-limits.set-override",
  permission: "limits.edit",
  input: setOverrideInput.refine(({ ref, reason }) => !reason || !namesPerson(reason, openRef("user", ref)), {
    path: ["reason"],
    error: "must not name the person: it stays in the audit log",
  }),
  subject: ofPerson,
  run: ({ console, operator }, { ref, ...setting }) =>
    setLimitOverride(console, { ...setting, userId: openRef("user", ref), setBy: operator.name }),
  mask: maskOverride,
  counts: () => ({ limits: 1 }),
  grounds: ({ reason }) => ({ reason }),
});

export const clearLimitOverrideAction = guardedAction({
  name: "rate-limits.clear-override",
  permission: "limits.edit",
  input: windowInput,
  subject: ofPerson,
  run: ({ console }, { ref, window }) =>
    clearLimitOverride(console, { userId: openRef("user", ref), window }),
  mask: "impersonal",
  counts: ({ cleared }) => ({ limits: cleared ? 1 : 0 }),
});

export const setDefaultLimitAction = guardedAction({
  name: "rate-limits.set-default",
  permission: "limits.edit",
  input: setDefaultInput,
  run: ({ console, operator }, setting) => setDefaultLimit(console, { ...setting, setBy: operator.name }),
  mask: "impersonal",
  counts: () => ({ limits: 1 }),
});

export const clearDefaultLimitAction = guardedAction({
  name: "rate-limits.clear-default",
  permission: "limits.edit",
  input: clearDefaultInput,
  run: ({ console }, { window }) => clearDefaultLimit(console, { window }),
  mask: "impersonal",
  counts: ({ cleared }) => ({ limits: cleared ? 1 : 0 }),
});
