"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { chatOptions } from "./chat";
import { maskRemember, maskReply, maskRun, maskTurn } from "./mask";
import { rememberFact } from "./remember";
import { replyTo } from "./reply";
import { restorePerson } from "./restore";
import { rememberInput, replyInput, restoreInput, sendInput, startInput } from "./schema";
import { startRun } from "./start";
import { takeTurn } from "./turn";

const ofPerson = ({ user }: { user: string }) => openRef("user", user);

export const startPlaygroundAction = guardedAction({
  name: "playground.start",
  permission: "playground",
  input: startInput,
  subject: ({ user }) => (user === undefined ? null : openRef("user", user)),
  run: ({ store, console, operator }, { user, confirm }) =>
    startRun(store, console, {
      ...{ userId: user === undefined ? null : openRef("user", user), confirm, by: operator.name },
    }),
  mask: maskRun,
  counts: ({ keptKeys }) => ({ keys: keptKeys }),
});

export const sendMessageAction = guardedAction({
  name: "playground.send",
  permission: "playground",
  input: sendInput,
  subject: ofPerson,
  run: ({ store, console }, { user, message, settings }) =>
    takeTurn(store, console, { userId: openRef("user", user), message, settings }),
  mask: maskTurn,
  counts: ({ outcome }) => ({ requests: 1, messages: outcome === "ready" ? 1 : 0 }),
});

export const replyAction = guardedAction({
  name: "playground.reply",
  permission: "playground",
  input: replyInput,
  subject: ofPerson,
  run: ({ store, console }, { user, settings }) =>
    replyTo(store, console, chatOptions(), { userId: openRef("user", user), settings }),
  mask: maskReply,
  counts: ({ outcome }) => ({ messages: outcome === "replied" ? 1 : 0 }),
});

export const rememberFactAction = guardedAction({
  name: "playground.remember",
  permission: "playground",
  input: rememberInput,
  subject: ofPerson,
  run: ({ store, console }, { user, ...fact }) =>
    rememberFact(store, console, { ...fact, userId: openRef("user", user) }),
  mask: maskRemember,
  counts: () => ({ memories: 1 }),
});

export const restorePersonAction = guardedAction({
  name: "playground.restore",
  permission: "playground",
  input: restoreInput,
  subject: ofPerson,
  run: ({ store, console }, { user, others }) =>
    restorePerson(store, console, { userId: openRef("user", user), others }),
  mask: "impersonal",
  counts: ({ putBack, removed, ended }) => ({ keys: putBack + removed + ended }),
});
