"use server";

import { guardedAction } from "../../auth/guard";
import { namesPerson } from "../../names-person";
import { openRef } from "../../refs";
import { hitRateLimit } from "../limiter/hit";
import { tellLimitSet } from "./limit-watch";
import { maskOverride } from "./mask";
import { keepCounters, repairStuckCounter, resetWindow } from "./repair";
import {
  clearDefaultInput,
  clearOverrideInput,
  setDefaultInput,
  setOverrideInput,
  userInput,
  windowInput,
} from "./schema";
import { clearDefaultLimit, clearLimitOverride, setDefaultLimit, setLimitOverride } from "./settings";

const by = ({ id, name }: { id: string; name: string }) => ({ setBy: name, setById: id });
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

export const keepCountersAction = guardedAction({
  name: "rate-limits.keep-key",
  permission: "limits.repair",
  input: userInput,
  subject: ofPerson,
  run: ({ store }, { ref }) => keepCounters(store, { userId: openRef("user", ref) }),
  mask: "impersonal",
  counts: ({ outcome }) => ({ keys: outcome === "repaired" ? 1 : 0 }),
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
  input: setOverrideInput.refine(({ ref, reason }) => !namesPerson(reason, openRef("user", ref)), {
    path: ["reason"],
    error: "must not name the person: it stays in the audit log",
  }),
  subject: ofPerson,
  run: async ({ store, console, operator }, { ref, ...setting }) => {
    const userId = openRef("user", ref);
    const set = await setLimitOverride(console, { ...setting, ...by(operator), userId });
    tellLimitSet(store, console, userId);
    return set;
  },
  mask: maskOverride,
  counts: () => ({ limits: 1 }),
  grounds: ({ reason }) => ({ reason }),
});

export const clearLimitOverrideAction = guardedAction({
  name: "rate-limits.clear-override",
  permission: "limits.edit",
  input: clearOverrideInput,
  subject: ofPerson,
  run: async ({ store, console, operator }, { ref, ...seen }) => {
    const userId = openRef("user", ref);
    const cleared = await clearLimitOverride(console, { ...by(operator), ...seen, userId });
    tellLimitSet(store, console, userId);
    return cleared;
  },
  mask: "impersonal",
  counts: ({ cleared }) => ({ limits: cleared ? 1 : 0 }),
});

export const setDefaultLimitAction = guardedAction({
  name: "rate-limits.set-default",
  permission: "limits.edit",
  input: setDefaultInput,
  run: async ({ store, console, operator }, setting) => {
    const set = await setDefaultLimit(console, { ...setting, ...by(operator) });
    tellLimitSet(store, console, null);
    return set;
  },
  mask: "impersonal",
  counts: () => ({ limits: 1 }),
});

export const clearDefaultLimitAction = guardedAction({
  name: "rate-limits.clear-default",
  permission: "limits.edit",
  input: clearDefaultInput,
  run: async ({ store, console, operator }, seen) => {
    const cleared = await clearDefaultLimit(console, { ...by(operator), ...seen });
    tellLimitSet(store, console, null);
    return cleared;
  },
  mask: "impersonal",
  counts: ({ cleared }) => ({ limits: cleared ? 1 : 0 }),
});
