import "server-only";
import { guardedRead } from "../../auth/guard";
import { describeMe, listMySessions } from "./operations";
import { noInput } from "./schema";

/** Reveals name people to the one who revealed them, and to nobody else. */
export const readMe = guardedRead({
  name: "account.me",
  permission: "account",
  input: noInput,
  mask: "impersonal",
  run: async (context) => describeMe(context),
});

export const readMySessions = guardedRead({
  name: "account.sessions",
  permission: "account",
  input: noInput,
  mask: "impersonal",
  run: ({ console, session }) => listMySessions(console, session),
});
