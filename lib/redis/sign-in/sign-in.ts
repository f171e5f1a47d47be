/** Signing in: with a password, again with a password, and with one click in the demo. */
import type { Role } from "../../auth/permissions";
import { env } from "../../env";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import type { Store } from "../store/store";
import { countAttempt, forgetAttempts } from "./attempts";
import { setOperatorPassword } from "./operator-changes";
import type { StoredOperator } from "./operator-record";
import { createOperator, findCredentials, findOperatorByName, readStored } from "./operators";
import { preparedPassword } from "./password-rules";
import { verifyPassword } from "./passwords";
import {
  createSession,
  type NewSession,
  refreshAuthentication,
  revokeSession,
  revokeSessionsOf,
} from "./sessions";
import type { OperatorRecord, SessionRecord } from "./types";

export interface SignedIn extends NewSession {
  operator: OperatorRecord;
}

export interface PasswordSignIn {
  name: string;
  password: string;
  /** Where the request comes from. */
  address: string;
  /** Browser and system in a few words. */
  agent: string;
  /** The cookie the browser came with; its session ends when this one begins. */
  previousToken?: string | null;
}

/**
 * One answer, after the same work, for an unknown name, a wrong password, a disabled operator and one that has no
 * password.
 * @throws SafeError `forbidden`; `too_many_requests` with the wait in words
 */
export async function signInWithPassword(consoleStore: Store, input: PasswordSignIn): Promise<SignedIn> {
  await countAttempt(consoleStore, input);
  const found = await findCredentials(consoleStore, input.name);
  const operator = await requirePassword(found, input.password);
  const { previousToken, agent } = input;
  const made = await createSession(consoleStore, {
    operatorId: operator.id,
    via: "password",
    agent,
    previousToken,
  });
  await requireUnchanged(consoleStore, found!, made.session);
  await forgetAttempts(consoleStore, operator.name);
  return { ...made, operator: await noteSignIn(consoleStore, operator) };
}

async function requirePassword(found: StoredOperator | null, password: string): Promise<OperatorRecord> {
  const right = await verifyPassword(found?.passwordHash ?? null, password);
  if (!right || !found || found.record.disabled) throw wrongNameOrPassword();
  return found.record;
}

/**
 * A password that was reset while it was being compared: the reset may have ended all sessions before this one began.
 */
async function requireUnchanged(
  consoleStore: Store,
  found: StoredOperator,
  session: SessionRecord,
): Promise<void> {
  const now = await readStored(consoleStore, found.record.id);
  if (now?.passwordHash === found.passwordHash) return;
  await revokeSession(consoleStore, found.record.id, session.digest);
  throw wrongNameOrPassword();
}

/** For every way of signing in, once it has succeeded. */
export async function noteSignIn(consoleStore: Store, operator: OperatorRecord): Promise<OperatorRecord> {
  const lastSignInAtMs = Date.now();
  await consoleStore.command("HSET", consoleKeys.operator(operator.id), "lastSignInAtMs", lastSignInAtMs);
  return { ...operator, lastSignInAtMs };
}

interface SignedInAlready {
  operator: OperatorRecord;
  session: SessionRecord;
}

/**
 * Somebody who is signed in proves again who it is, before something that matters. The token changes; the masked
 * screen and what is revealed stay.
 * @throws SafeError `forbidden` for a wrong password; `signed_out` when the session has ended meanwhile;
 *   `too_many_requests`
 */
export async function signInAgain(
  consoleStore: Store,
  input: SignedInAlready & { password: string },
): Promise<SignedIn> {
  const found = await proveAgain(consoleStore, input.operator, input.password);
  const made = await replaceSession(consoleStore, input.session);
  await requireUnchanged(consoleStore, found, made.session);
  return { ...made, operator: await noteSignIn(consoleStore, found.record) };
}

/**
 * An operator changes its own password: all its other sessions end, and this one gets a new token.
 * @throws SafeError like {@link signInAgain}, and `invalid_input` for the new password
 */
export async function changeOwnPassword(
  consoleStore: Store,
  input: SignedInAlready & { current: string; next: string },
): Promise<SignedIn> {
  const { operator, session, current, next } = input;
  await proveAgain(consoleStore, operator, current);
  if (preparedPassword(next) === preparedPassword(current)) {
    throw new SafeError("invalid_input", "The new password is the old one.", { field: "next" });
  }
  await setOperatorPassword(consoleStore, operator.id, next, "operator");
  const made = await replaceSession(consoleStore, session);
  await revokeSessionsOf(consoleStore, operator.id, made.session.digest);
  return { ...made, operator: { ...operator, mustChangePassword: false } };
}

async function proveAgain(
  consoleStore: Store,
  operator: OperatorRecord,
  password: string,
): Promise<StoredOperator> {
  await countAttempt(consoleStore, { name: operator.name });
  const found = await readStored(consoleStore, operator.id);
  await requirePassword(found, password);
  await forgetAttempts(consoleStore, operator.name);
  return found!;
}

async function replaceSession(consoleStore: Store, session: SessionRecord): Promise<NewSession> {
  const made = await refreshAuthentication(consoleStore, session);
  if (!made) throw new SafeError("signed_out", "Your session has ended.", { hint: "Sign in." });
  return made;
}

/**
 * One click in the demo: as the demo's operator of that role, who is created at the first time.
 * @param again the session to go on with, where the operator signs in again
 * @throws SafeError `forbidden` outside of the demo
 */
export async function signInDemo(
  consoleStore: Store,
  input: { role: Role; agent: string; previousToken?: string | null; again?: SessionRecord },
  isDemo: boolean = env().CONSOLE_DEMO,
): Promise<SignedIn> {
  if (!isDemo) throw new SafeError("forbidden", "This console is no demo.", { hint: "Sign in by name." });
  const operator = await demoOperator(consoleStore, input.role);
  if (operator.disabled) throw wrongNameOrPassword();
  const { agent, previousToken, again } = input;
  if (again && again.operatorId !== operator.id) {
    throw new SafeError("forbidden", "Somebody else is signed in.", { hint: "Sign out first." });
  }
  const made = again
    ? await replaceSession(consoleStore, again)
    : await createSession(consoleStore, { operatorId: operator.id, via: "demo", agent, previousToken });
  return { ...made, operator: await noteSignIn(consoleStore, operator) };
}

/** Twenty first clicks at once make one operator. */
async function demoOperator(consoleStore: Store, role: Role): Promise<OperatorRecord> {
  const name = `Demo ${role}`;
  const found = await findOperatorByName(consoleStore, name);
  if (found) return requireDemo(found);
  try {
    return await createOperator(consoleStore, { name, role, password: null, via: "demo" });
  } catch (error) {
    const made = await findOperatorByName(consoleStore, name);
    if (made) return requireDemo(made);
    throw error;
  }
}

/** Somebody may have given a real operator such a name. */
function requireDemo(operator: OperatorRecord): OperatorRecord {
  if (operator.via === "demo") return operator;
  throw new SafeError("conflict", "An operator of the demo's name exists and is none of the demo's.");
}

function wrongNameOrPassword(): SafeError {
  return new SafeError("forbidden", "Name or password is wrong.");
}
