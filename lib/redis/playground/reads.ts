import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { maskState } from "./mask";
import { stateInput } from "./schema";
import { readPlayground } from "./state";

export const readPlaygroundState = guardedRead({
  name: "playground.state",
  permission: "playground",
  input: stateInput,
  subject: ({ user }) => (user === undefined ? null : openRef("user", user)),
  run: ({ store, console }, { user }) =>
    readPlayground(store, console, user === undefined ? null : openRef("user", user)),
  mask: maskState,
});
