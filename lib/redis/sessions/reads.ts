import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { listSessions } from "./list-sessions";
import { readMessage, readMessages } from "./read-messages";
import { listSessionsInput, readMessageInput, readMessagesInput, sessionSizeInput } from "./schema";
import { sessionIdOf } from "./session-key";
import { sessionSize } from "./write-session";

export const readSessionList = guardedRead({
  permission: "browse",
  input: listSessionsInput,
  run: ({ store }, { ref, ...page }) => listSessions(store, { userId: openRef("user", ref), ...page }),
});

export const readSessionMessages = guardedRead({
  permission: "browse",
  input: readMessagesInput,
  run: ({ store }, { before, after, limit, have, ...id }) =>
    readMessages(store, { ...sessionIdOf(id), before, after, limit, have }),
});

export const readSessionMessage = guardedRead({
  permission: "browse",
  input: readMessageInput,
  run: ({ store }, { position, digest, ...id }) =>
    readMessage(store, { ...sessionIdOf(id), position, digest }),
});

export const readSessionSize = guardedRead({
  permission: "browse",
  input: sessionSizeInput,
  run: ({ store }, { exact, ...id }) => sessionSize(store, { ...sessionIdOf(id), exact: exact === "1" }),
});
