import "server-only";
import { z } from "zod";
import { guardedRead } from "../../auth/guard";
import { changesStreamOf } from "../keyspace/changes-stream";
import { limitsToldOf } from "./limits-told";
import { liveSource } from "./source";

/** Opens the stream of what changes. It names classes and sealed references, which every role sees. */
export const openLive = guardedRead({
  name: "live.stream",
  permission: "browse",
  input: z.object({}),
  run: async ({ store, console, operator, session }) => {
    limitsToldOf(store, console).start();
    return {
      by: { operator, session },
      permission: "browse" as const,
      ...liveSource(changesStreamOf(store)),
    };
  },
  mask: "impersonal",
});
