import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { maskRateLimits } from "./mask";
import { readRateLimits } from "./read";
import { userInput } from "./schema";

export const readUserRateLimits = guardedRead({
  name: "rate-limits.read",
  permission: "browse",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref }) => readRateLimits(store, console, { userId: openRef("user", ref) }),
  mask: maskRateLimits,
});
