import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { maskEveryonesLimits, maskRateLimits } from "./mask";
import { readRateLimits } from "./read";
import { readEveryonesLimits } from "./read-everyone";
import { everyoneInput, userInput } from "./schema";

export const readUserRateLimits = guardedRead({
  name: "rate-limits.read",
  permission: "browse",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref }) => readRateLimits(store, console, { userId: openRef("user", ref) }),
  mask: maskRateLimits,
});

export const readEverybodysRateLimits = guardedRead({
  name: "rate-limits.everyone",
  permission: "browse",
  input: everyoneInput,
  run: ({ store, console }) => readEveryonesLimits(store, console),
  mask: maskEveryonesLimits,
});
