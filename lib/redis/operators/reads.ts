import "server-only";
import { guardedRead } from "../../auth/guard";
import { listOperatorRows, listOperatorSessions } from "./operations";
import { noInput, operatorInput } from "./schema";

export const readOperatorRows = guardedRead({
  name: "operators.list",
  permission: "operators",
  input: noInput,
  mask: "impersonal",
  run: ({ console, operator }) => listOperatorRows(console, operator.id),
});

export const readOperatorSessions = guardedRead({
  name: "operators.sessions",
  permission: "operators",
  input: operatorInput,
  mask: "impersonal",
  run: ({ console, session }, { id }) => listOperatorSessions(console, id, session),
});
