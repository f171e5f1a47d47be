/** What `npm run operators` can be told. Like the pages: intent in the audit log first, the deed, then how it ended. */
import { randomUUID } from "node:crypto";
import { ROLES, type Role } from "../../lib/auth/permissions";
import { SafeError } from "../../lib/errors";
import { auditChain } from "../../lib/redis/audit-chain/chain";
import type { AuditDraft } from "../../lib/redis/audit-chain/entry";
import {
  addOperator,
  changeRole,
  listOperatorRows,
  resetPassword,
  signOutEverywhere,
} from "../../lib/redis/operators/operations";
import type { MadePassword } from "../../lib/redis/operators/schema";
import { setOperatorDisabled } from "../../lib/redis/sign-in/operator-changes";
import { findOperatorByName, newOperatorId } from "../../lib/redis/sign-in/operators";
import type { OperatorRecord } from "../../lib/redis/sign-in/types";
import type { Store } from "../../lib/redis/store/store";
import { storeError } from "../../lib/redis/store/store-errors";
import { operatorTable } from "./table";

export interface Order {
  command: string;
  name?: string;
  role?: string;
  password: string | null;
}

/** @throws SafeError `audit_unavailable`; then nothing was done */
async function recorded<T>(
  consoleStore: Store,
  action: string,
  reason: string,
  work: () => Promise<T>,
): Promise<T> {
  const chain = auditChain(consoleStore);
  const draft: AuditDraft = {
    ...{ operator: "command-line", role: "none", action, outcome: "intent", reason },
    ...{ subject: null, counts: {}, ticket: null, code: null, requestId: randomUUID() },
  };
  await chain.append(draft);
  try {
    const done = await work();
    await chain.appendEventually({ ...draft, outcome: "ok" });
    return done;
  } catch (error) {
    const { code } = storeError(error) ?? { code: "internal" };
    // Sent, and the answer was lost: nobody knows.
    const outcome = code === "store_timeout" || code === "internal" ? "unknown" : "failed";
    await chain.appendEventually({ ...draft, outcome, code });
    throw error;
  }
}

async function operatorOf(consoleStore: Store, { name = "" }: Order): Promise<OperatorRecord> {
  const operator = await findOperatorByName(consoleStore, name);
  if (operator) return operator;
  throw new SafeError("not_found", `There is no operator of the name ${JSON.stringify(name)}.`, {
    hint: "npm run operators -- list shows everybody.",
  });
}

function roleOf({ role }: Order): Role {
  const known = ROLES.find((word) => word === role);
  if (known) return known;
  throw new SafeError("invalid_input", `A role is one of ${ROLES.join(", ")}.`);
}

async function add(consoleStore: Store, order: Order): Promise<string> {
  const [id, role] = [newOperatorId(), roleOf(order)];
  const { name = "", password } = order;
  const made = await recorded(consoleStore, "operators.add", `${id}: ${role}`, () =>
    addOperator(consoleStore, { id, name, role, password }),
  );
  return `${made.name} is added (${role}).${passwordWords(made)}`;
}

async function changeRoleOf(consoleStore: Store, order: Order): Promise<string> {
  const { id, name, role: from } = await operatorOf(consoleStore, order);
  const role = roleOf(order);
  await recorded(consoleStore, "operators.role", `${id}: ${from} → ${role}`, () =>
    changeRole(consoleStore, { id, from, role }),
  );
  return `${name}: ${from} → ${role}, from the next request on.`;
}

async function setDisabled(consoleStore: Store, order: Order, disabled: boolean): Promise<string> {
  const { id, name } = await operatorOf(consoleStore, order);
  const action = disabled ? "operators.disable" : "operators.enable";
  await recorded(consoleStore, action, id, () => setOperatorDisabled(consoleStore, id, disabled));
  return disabled ? `${name} is out, from the next request on.` : `${name} may sign in again.`;
}

async function reset(consoleStore: Store, order: Order): Promise<string> {
  const { id } = await operatorOf(consoleStore, order);
  const made = await recorded(consoleStore, "operators.reset-password", id, () =>
    resetPassword(consoleStore, { id, password: order.password, selfId: null }),
  );
  return `${made.name} has a new password, and is signed out everywhere (${made.sessions}).${passwordWords(made)}`;
}

async function signOut(consoleStore: Store, order: Order): Promise<string> {
  const { id, name } = await operatorOf(consoleStore, order);
  const { sessions } = await recorded(consoleStore, "operators.sign-out", id, () =>
    signOutEverywhere(consoleStore, id),
  );
  return `${name} is signed out everywhere (${sessions}).`;
}

function passwordWords({ name, password }: MadePassword): string {
  if (password === null) return "";
  return `\n\n  Password   ${password}\n\nIt is shown this once. ${name} is asked to change it after signing in.`;
}

type Carried = (consoleStore: Store, order: Order) => Promise<string>;

const COMMANDS: Record<string, Carried> = {
  list: async (consoleStore) => operatorTable(await listOperatorRows(consoleStore, null)),
  add,
  role: changeRoleOf,
  disable: (consoleStore, order) => setDisabled(consoleStore, order, true),
  enable: (consoleStore, order) => setDisabled(consoleStore, order, false),
  "reset-password": reset,
  "sign-out": signOut,
};

/** @returns what to tell the person. @throws SafeError, or what the store says */
export function carryOut(consoleStore: Store, order: Order): Promise<string> {
  return COMMANDS[order.command]!(consoleStore, order);
}
