import "server-only";
import { guardedRead } from "../../auth/guard";
import { displayBytes, parseDisplayed } from "../../bytes";
import { openRef, sealRef } from "../../refs";
import { surveyorOf } from "../keyspace/survey";
import { listUsers } from "./list-users";
import { maskUserHead, maskUserList, maskUserName } from "./mask";
import { readUser } from "./read-user";
import { listUsersInput, typedIdInput, userByIdInput, userInput } from "./schema";

export const readUsers = guardedRead({
  name: "users.list",
  permission: "browse",
  input: listUsersInput,
  run: async ({ store, console }, input) => listUsers(await surveyorOf(store, console).look(), input),
  mask: maskUserList,
});

export const readUserHead = guardedRead({
  name: "users.head",
  permission: "browse",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref }) => {
    const userId = openRef("user", ref);
    surveyorOf(store, console).changes.start();
    return readUser(store, console, userId);
  },
  mask: maskUserHead,
});

/** What to call a person. The reference itself says it, so that a page has a name while Redis is away. */
export const readUserName = guardedRead({
  name: "users.name",
  permission: "browse",
  input: userInput,
  subject: ({ ref }) => openRef("user", ref),
  run: async (_context, { ref }) => ({ label: displayBytes(openRef("user", ref)) }),
  mask: maskUserName,
});

/** From a raw id, as other tools know it, to the reference in this console's addresses. Asks Redis nothing. */
export const readUserRef = guardedRead({
  name: "users.ref",
  permission: "browse",
  input: userByIdInput,
  run: async (_context, { id }) => ({ ref: sealRef("user", Buffer.from(id, "latin1")) }),
  mask: "impersonal",
});

/** The same from what somebody typed. Asked by POST: an address must not carry it. */
export const readTypedUserRef = guardedRead({
  name: "users.open",
  permission: "browse",
  input: typedIdInput,
  run: async (_context, { typed }) => ({ ref: sealRef("user", parseDisplayed(typed)) }),
  mask: "impersonal",
});
