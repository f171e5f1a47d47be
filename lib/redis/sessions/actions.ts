"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { deleteMessage } from "./delete-message";
import {
  appendMessageInput,
  deleteMessageInput,
  expireSessionInput,
  sessionInput,
  trimSessionInput,
} from "./schema";
import { sessionIdOf } from "./session-key";
import { appendMessage, deleteSession, expireSession, persistSession, trimSession } from "./write-session";

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
  run: ({ store }, { keepMessages, ...id }) => trimSession(store, { ...sessionIdOf(id), keepMessages }),
  mask: "impersonal",
  counts: ({ removed }) => ({ sessions: 1, messages: removed }),
});

export const expireSessionAction = guardedAction({
  name: "sessions.expire",
  permission: "sessions.edit",
  input: expireSessionInput,
  subject: ofPerson,
  run: ({ store }, { expireSeconds, ...id }) => expireSession(store, { ...sessionIdOf(id), expireSeconds }),
  mask: "impersonal",
  counts: () => ({ sessions: 1 }),
});

export const persistSessionAction = guardedAction({
  name: "sessions.persist",
  permission: "sessions.edit",
  input: sessionInput,
  subject: ofPerson,
  run: ({ store }, id) => persistSession(store, sessionIdOf(id)),
  mask: "impersonal",
  counts: () => ({ sessions: 1 }),
});

export const deleteMessageAction = guardedAction({
  name: "sessions.delete-message",
  permission: "sessions.edit",
  input: deleteMessageInput,
  subject: ofPerson,
  run: ({ store }, { position, digest, length, newestDigest, oldestDigest, ...id }) =>
    deleteMessage(store, { ...sessionIdOf(id), position, digest, length, newestDigest, oldestDigest }),
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
