import "server-only";
import { z } from "zod";
import { guardedRead } from "../../auth/guard";
import { readConnection } from "./operations";

export const readConnectionState = guardedRead({
  name: "connection.read",
  permission: "browse",
  input: z.object({}),
  run: ({ store, console }) => readConnection(store, console),
  mask: "impersonal",
});
