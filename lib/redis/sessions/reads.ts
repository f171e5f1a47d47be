import "server-only";
import type { GuardContext } from "../../auth/definition";
import { guardedDownload, guardedRead } from "../../auth/guard";
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import { sessionIdOf } from "../messages/session-key";
import { downloadSessionInput, sessionCommandsInput, trimPreviewInput } from "./change-schema";
import { downloadSession, MESSAGES_HEADER } from "./download-session";
import { findDate } from "./find-date";
import { findMessages } from "./find-messages";
import { findDateInput, findMessagesInput, locateMessageInput, sessionStripInput } from "./find-schema";
import { listSessions } from "./list-sessions";
import { locateMessage } from "./locate-message";
import {
  maskFoundMessages,
  maskMessagePage,
  maskSessionCommands,
  maskSessionList,
  maskSessionSize,
  maskSessionStrip,
  maskTrimPreview,
  maskWholeMessage,
} from "./mask";
import { readMessage, readMessages } from "./read-messages";
import { listSessionsInput, readMessageInput, readMessagesInput, sessionSizeInput } from "./schema";
import { sessionCommands } from "./session-commands";
import { sessionStrip } from "./session-strip";
import { previewTrim } from "./trim-session";
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

export const readSessionStrip = guardedRead({
  name: "sessions.strip",
  permission: "browse",
  input: sessionStripInput,
  subject: ofPerson,
  run: ({ store }, { ref }) => sessionStrip(store, { userId: openRef("user", ref) }),
  mask: maskSessionStrip,
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
  run: ({ store }, { position, mark, ...id }) => readMessage(store, { ...sessionIdOf(id), position, mark }),
  mask: maskWholeMessage,
});

export const findSessionMessages = guardedRead({
  name: "sessions.find",
  permission: "browse",
  input: findMessagesInput,
  subject: ofPerson,
  run: ({ store }, { words, from, before, listMark, ...id }) =>
    findMessages(store, { ...sessionIdOf(id), words, from, before, listMark }),
  mask: maskFoundMessages,
});

export const findSessionDate = guardedRead({
  name: "sessions.date",
  permission: "browse",
  input: findDateInput,
  subject: ofPerson,
  run: (context, { at, ...id }) =>
    findDate(context.store, { ...sessionIdOf(id), atMs: at, masked: isMasked(context) }),
  // Places and times alone, both of which a masked page of messages has.
  mask: "impersonal",
});

export const locateSessionMessage = guardedRead({
  name: "sessions.locate",
  permission: "browse",
  input: locateMessageInput,
  subject: ofPerson,
  run: ({ store }, { position, marks, near, ...id }) =>
    locateMessage(store, { ...sessionIdOf(id), position, marks: marks.split(","), near: near === "1" }),
  mask: "impersonal",
});

export const readSessionSize = guardedRead({
  name: "sessions.size",
  permission: "browse",
  input: sessionSizeInput,
  subject: ofPerson,
  run: ({ store }, { exact, ...id }) => sessionSize(store, { ...sessionIdOf(id), exact: exact === "1" }),
  mask: maskSessionSize,
});

export const readTrimPreview = guardedRead({
  name: "sessions.trim-preview",
  permission: "browse",
  input: trimPreviewInput,
  subject: ofPerson,
  run: ({ store }, { keep, ...id }) => previewTrim(store, { ...sessionIdOf(id), keep }),
  mask: maskTrimPreview,
});

export const readSessionCommands = guardedRead({
  name: "sessions.commands",
  permission: "sessions.download",
  input: sessionCommandsInput,
  subject: ofPerson,
  run: ({ store }, { what, ...id }) => sessionCommands(store, { ...sessionIdOf(id), what }),
  mask: maskSessionCommands,
});

/** A file holds everything or is none: while pages are masked it is refused, before anything is written down. */
export const downloadSessionFile = guardedDownload({
  name: "sessions.download",
  permission: "sessions.download",
  input: downloadSessionInput,
  subject: ofPerson,
  check: (context) => {
    if (!isMasked(context)) return;
    throw new SafeError("forbidden", "Your pages are masked, and a file cannot be.", {
      hint: "Switch the mask off, or reveal this person first.",
    });
  },
  run: ({ store }, id) => downloadSession(store, sessionIdOf(id)),
  counts: ({ headers }) => ({ sessions: 1, messages: Number(headers.get(MESSAGES_HEADER)) }),
  mask: "impersonal",
});
