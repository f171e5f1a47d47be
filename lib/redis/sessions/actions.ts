"use server";

import { guardedAction } from "../../auth/guard";
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

export const appendMessageAction = guardedAction({
  permission: "sessions.edit",
  input: appendMessageInput,
  run: ({ store }, { type, content, keepMessages, expireSeconds, ...id }) =>
    // A page shows a session that is there: one that expired meanwhile must not come back without a life.
    appendMessage(store, { ...sessionIdOf(id), type, content, keepMessages, expireSeconds, mustExist: true }),
});

export const trimSessionAction = guardedAction({
  permission: "sessions.edit",
  input: trimSessionInput,
  run: ({ store }, { keepMessages, ...id }) => trimSession(store, { ...sessionIdOf(id), keepMessages }),
});

export const expireSessionAction = guardedAction({
  permission: "sessions.edit",
  input: expireSessionInput,
  run: ({ store }, { expireSeconds, ...id }) => expireSession(store, { ...sessionIdOf(id), expireSeconds }),
});

export const persistSessionAction = guardedAction({
  permission: "sessions.edit",
  input: sessionInput,
  run: ({ store }, id) => persistSession(store, sessionIdOf(id)),
});

export const deleteMessageAction = guardedAction({
  permission: "sessions.edit",
  input: deleteMessageInput,
  run: ({ store }, { position, digest, length, newestDigest, oldestDigest, ...id }) =>
    deleteMessage(store, { ...sessionIdOf(id), position, digest, length, newestDigest, oldestDigest }),
});

export const deleteSessionAction = guardedAction({
  permission: "sessions.edit",
  input: sessionInput,
  run: ({ store }, id) => deleteSession(store, sessionIdOf(id)),
});
