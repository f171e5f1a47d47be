import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { readRateLimits } from "./read";
import { userInput } from "./schema";

export const readUserRateLimits = guardedRead({
  permission: "browse",
  input: userInput,
  run: ({ store, console }, { ref }) => readRateLimits(store, console, { userId: openRef("user", ref) }),
});
