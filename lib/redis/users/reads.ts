import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef, sealRef } from "../../refs";
import { surveyorOf } from "../keyspace/survey";
import { listUsers } from "./list-users";
import { readUser } from "./read-user";
import { listUsersInput, userByIdInput, userInput } from "./schema";

export const readUsers = guardedRead({
  permission: "browse",
  input: listUsersInput,
  run: async ({ store, console }, input) => listUsers(await surveyorOf(store, console).look(), input),
});

export const readUserHead = guardedRead({
  permission: "browse",
  input: userInput,
  run: ({ store, console }, { ref }) => {
    const userId = openRef("user", ref);
    surveyorOf(store, console).changes.start();
    return readUser(store, console, userId);
  },
});

/** From a raw id, as other tools know it, to the reference in this console's addresses. Asks Redis nothing. */
export const readUserRef = guardedRead({
  permission: "browse",
  input: userByIdInput,
  run: async (_context, { id }) => ({ ref: sealRef("user", Buffer.from(id, "latin1")) }),
});
