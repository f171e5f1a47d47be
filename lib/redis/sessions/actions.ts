"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { appendMessage } from "../messages/append-message";
import { sessionIdOf } from "../messages/session-key";
import { holdForUndo } from "../undo-record";
import { undoInput } from "./change-schema";
import { takeMessage } from "./delete-message";
import {
  appendMessageInput,
  deleteMessageInput,
  expireSessionInput,
  sessionInput,
  trimSessionInput,
} from "./schema";
import { changeLife } from "./session-life";
import { takeTail } from "./trim-session";
import { undoChange } from "./undo";
import { deleteSession } from "./write-session";

const ofPerson = ({ ref }: { ref: string }) => openRef("user", ref);

export const appendMessageAction = guardedAction({
  name: "sessions.append",
  permission: "sessions.edit",
  input: appendMessageInput,
  subject: ofPerson,
  run: ({ store }, { type, content, keepMessages, expireSeconds, ...id }) =>
    // A page shows a session that is there: one that expired meanwhile must not come back without a life.
    appendMessage(store, { ...sessionIdOf(id), type, content, keepMessages, expireSeconds, mustExist: true }),
  mask: "impersonal",
  counts: () => ({ sessions: 1, messages: 1 }),
});

export const trimSessionAction = guardedAction({
  name: "sessions.trim",
  permission: "sessions.edit",
  input: trimSessionInput,
  subject: ofPerson,
  run: async ({ store, console, subject }, { keepMessages, seen, ...id }) => {
    const { result, held } = await takeTail(store, { ...sessionIdOf(id), keepMessages, seen });
    return { ...result, undo: await holdForUndo(console, { subject, scope: id.session, held }) };
  },
  mask: "impersonal",
  counts: ({ removed }) => ({ sessions: 1, messages: removed }),
});

export const expireSessionAction = guardedAction({
  name: "sessions.expire",
  permission: "sessions.edit",
  input: expireSessionInput,
  subject: ofPerson,
  run: async ({ store, console, subject }, { expireSeconds, expireAtMs, ...id }) => {
    const { result, held } = await changeLife(store, { ...sessionIdOf(id), expireSeconds, expireAtMs });
    return { ...result, undo: await holdForUndo(console, { subject, scope: id.session, held }) };
  },
  mask: "impersonal",
  counts: () => ({ sessions: 1 }),
});

export const persistSessionAction = guardedAction({
  name: "sessions.persist",
  permission: "sessions.edit",
  input: sessionInput,
  subject: ofPerson,
  run: async ({ store, console, subject }, id) => {
    const { result, held } = await changeLife(store, sessionIdOf(id));
    return { ...result, undo: await holdForUndo(console, { subject, scope: id.session, held }) };
  },
  mask: "impersonal",
  counts: () => ({ sessions: 1 }),
});

export const deleteMessageAction = guardedAction({
  name: "sessions.delete-message",
  permission: "sessions.edit",
  input: deleteMessageInput,
  subject: ofPerson,
  run: async (
    { store, console, subject },
    { position, digest, length, newestDigest, oldestDigest, ...id },
  ) => {
    const seen = { position, digest, length, newestDigest, oldestDigest };
    const { result, held } = await takeMessage(store, { ...sessionIdOf(id), ...seen });
    return { ...result, undo: await holdForUndo(console, { subject, scope: id.session, held }) };
  },
  mask: "impersonal",
  counts: ({ sessionGone }) => ({ messages: 1, sessions: sessionGone ? 1 : 0 }),
});

export const deleteSessionAction = guardedAction({
  name: "sessions.delete",
  permission: "sessions.edit",
  input: sessionInput,
  subject: ofPerson,
  run: ({ store }, id) => deleteSession(store, sessionIdOf(id)),
  mask: "impersonal",
  counts: ({ messages }) => ({ sessions: 1, messages }),
});

export const undoSessionChangeAction = guardedAction({
  name: "sessions.undo",
  permission: "sessions.edit",
  input: undoInput,
  subject: ofPerson,
  run: ({ store, console, subject }, { undo, ...id }) =>
    undoChange(store, console, { ...sessionIdOf(id), subject: subject ?? "", session: id.session, undo }),
  mask: "impersonal",
  counts: ({ messages }) => ({ sessions: 1, messages }),
});
