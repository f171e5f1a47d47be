import "server-only";
import type { GuardContext } from "../../auth/definition";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { listSessions } from "./list-sessions";
import { maskMessagePage, maskSessionList, maskSessionSize, maskWholeMessage } from "./mask";
import { readMessage, readMessages } from "./read-messages";
import { listSessionsInput, readMessageInput, readMessagesInput, sessionSizeInput } from "./schema";
import { sessionIdOf } from "./session-key";
import { sessionSize } from "./write-session";

const ofPerson = ({ ref }: { ref: string }) => openRef("user", ref);

/** The answer to a digest would tell whoever may not read a message whether it says what they guess. */
const isMasked = ({ masked, subject, revealed }: GuardContext) =>
  masked && (subject === null || !revealed.has(subject));

export const readSessionList = guardedRead({
  name: "sessions.list",
  permission: "browse",
  input: listSessionsInput,
  subject: ofPerson,
  run: ({ store }, { ref, ...page }) => listSessions(store, { userId: openRef("user", ref), ...page }),
  mask: maskSessionList,
});

export const readSessionMessages = guardedRead({
  name: "sessions.messages",
  permission: "browse",
  input: readMessagesInput,
  subject: ofPerson,
  run: (context, { before, after, limit, have, ...id }) =>
    readMessages(context.store, {
      ...sessionIdOf(id),
      ...{ before, after, limit },
      have: isMasked(context) ? undefined : have,
    }),
  mask: maskMessagePage,
});

export const readSessionMessage = guardedRead({
  name: "sessions.message",
  permission: "browse",
  input: readMessageInput,
  subject: ofPerson,
  run: (context, { position, digest, ...id }) =>
    readMessage(context.store, {
      ...sessionIdOf(id),
      position,
      digest: isMasked(context) ? undefined : digest,
    }),
  mask: maskWholeMessage,
});

export const readSessionSize = guardedRead({
  name: "sessions.size",
  permission: "browse",
  input: sessionSizeInput,
  subject: ofPerson,
  run: ({ store }, { exact, ...id }) => sessionSize(store, { ...sessionIdOf(id), exact: exact === "1" }),
  mask: maskSessionSize,
});
