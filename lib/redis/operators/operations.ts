/** What an administrator, on the page or at the command line, does with operators. */
import type { Role } from "../../auth/permissions";
import { SafeError } from "../../errors";
import { type ListedSession, listedSession } from "../sign-in/listed-session";
import { setOperatorPassword, setOperatorRole } from "../sign-in/operator-changes";
import { createOperator, listOperators, readOperator } from "../sign-in/operators";
import { randomPassword } from "../sign-in/passwords";
import { listSessions, revokeSession, revokeSessionsOf } from "../sign-in/sessions";
import type { OperatorRecord, SessionRecord } from "../sign-in/types";
import type { Store } from "../store/store";
import type { MadePassword, OperatorRow } from "./schema";

/** Everybody, by name. @param selfId who looks; null at the command line */
export async function listOperatorRows(consoleStore: Store, selfId: string | null): Promise<OperatorRow[]> {
  const operators = await listOperators(consoleStore);
  const sessions = await Promise.all(operators.map(({ id }) => listSessions(consoleStore, id)));
  const administrators = operators.filter(isAdministrator);
  return operators.map((operator, at) => ({
    ...operator,
    sessions: sessions[at]!.length,
    self: operator.id === selfId,
    lastAdministrator: administrators.length === 1 && administrators[0] === operator,
  }));
}

/** Those of the demo end with the demo. */
function isAdministrator({ role, disabled, via }: OperatorRecord): boolean {
  return role === "admin" && !disabled && via !== "demo";
}

/** @param current the session that looks */
export async function listOperatorSessions(
  consoleStore: Store,
  operatorId: string,
  current: SessionRecord,
): Promise<ListedSession[]> {
  await requireOperator(consoleStore, operatorId);
  const sessions = await listSessions(consoleStore, operatorId);
  return sessions.map((session) => listedSession(session, current));
}

/**
 * Somebody who signs in with a password, and is asked to change the one that was made here.
 * @param input.password null has one made up
 * @throws SafeError `invalid_input` for name or password; `conflict` when the name is taken
 */
export async function addOperator(
  consoleStore: Store,
  input: { id?: string; name: string; role: Role; password: string | null },
): Promise<MadePassword> {
  const password = input.password ?? randomPassword(input.name);
  const operator = await createOperator(consoleStore, {
    ...input,
    password,
    via: "password",
    mustChangePassword: true,
  });
  return { id: operator.id, name: operator.name, password: input.password === null ? password : null };
}

/**
 * @param input.from the role that was looked at; `conflict` when it is another by now
 * @throws SafeError `not_found`; `conflict` also for the last administrator and for those whose role comes from elsewhere
 */
export async function changeRole(
  consoleStore: Store,
  input: { id: string; from: Role; role: Role },
): Promise<OperatorRecord> {
  const operator = await requireOperator(consoleStore, input.id);
  if (operator.via === "oidc") {
    throw new SafeError(
      "conflict",
      "The role of this operator comes from the groups at the identity provider.",
      {
        hint: "It is set anew at every sign-in. Change the groups there, or OIDC_ROLES.",
      },
    );
  }
  return setOperatorRole(consoleStore, input.id, input.role, { expected: input.from });
}

/**
 * A new password for somebody who has lost the old one: signed out everywhere, and asked to change it.
 * @param input.selfId who does it: one's own password is changed by knowing it
 * @throws SafeError `invalid_input` for the password; `not_found`; `conflict` for oneself and those that have none
 */
export async function resetPassword(
  consoleStore: Store,
  input: { id: string; password: string | null; selfId: string | null },
): Promise<MadePassword & { sessions: number }> {
  const operator = await requireOperator(consoleStore, input.id);
  if (operator.id === input.selfId) {
    throw new SafeError("conflict", "Your own password is changed on the page of your account.");
  }
  const password = input.password ?? randomPassword(operator.name);
  await setOperatorPassword(consoleStore, operator.id, password, "another");
  const sessions = await revokeSessionsOf(consoleStore, operator.id);
  return {
    id: operator.id,
    name: operator.name,
    password: input.password === null ? password : null,
    sessions,
  };
}

/** @returns how many sessions there were */
export async function signOutEverywhere(
  consoleStore: Store,
  operatorId: string,
): Promise<{ sessions: number }> {
  await requireOperator(consoleStore, operatorId);
  return { sessions: await revokeSessionsOf(consoleStore, operatorId) };
}

/** @returns 0 sessions when it had ended already */
export async function signOutOne(
  consoleStore: Store,
  input: { id: string; digest: string },
): Promise<{ sessions: number }> {
  await requireOperator(consoleStore, input.id);
  return { sessions: Number(await revokeSession(consoleStore, input.id, input.digest)) };
}

async function requireOperator(consoleStore: Store, operatorId: string): Promise<OperatorRecord> {
  const operator = await readOperator(consoleStore, operatorId);
  if (!operator) throw new SafeError("not_found", "There is no such operator.");
  return operator;
}
