/** What is changed of an operator. Every request reads the operator, so all of it takes effect with the next one. */
import type { Role } from "../../auth/permissions";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import { listOperatorIds, readOperator } from "./operators";
import { requireGoodPassword } from "./password-rules";
import { hashPassword } from "./passwords";
import type { OperatorRecord } from "./types";

/**
 * KEYS[1] the operator, then all the others · ARGV field, value, 1 when it takes administration away, the expected
 * value or ''. → gone, demo, changed, last or ok. Demo operators are nobody's administrators: they end with the demo.
 * An operator that is added meanwhile is not among the keys, and could only be one more administrator.
 */
const CHANGE = `
local function isAdmin(key)
  local is = redis.call('HMGET', key, 'role', 'disabled', 'via')
  return is[1] == 'admin' and is[2] == '0' and is[3] ~= 'demo'
end
local now = redis.call('HMGET', KEYS[1], ARGV[1], 'via')
if not now[1] then return 'gone' end
if now[2] == 'demo' then return 'demo' end
if ARGV[4] ~= '' and now[1] ~= ARGV[4] then return 'changed' end
if ARGV[3] == '1' and isAdmin(KEYS[1]) then
  local others = 0
  for at = 2, #KEYS do
    if isAdmin(KEYS[at]) then others = others + 1 end
  end
  if others == 0 then return 'last' end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 'ok'`;

export interface ChangeOptions {
  /** What it was when it was looked at; `conflict` when it has changed since. */
  expected?: string;
  /** The identity provider says so, and its word is taken even where nobody is left to administer. Default false. */
  evenLast?: boolean;
}

/**
 * @throws SafeError `not_found`; `conflict` when it is the last administrator, a demo operator, or was changed
 * meanwhile
 */
export async function setOperatorRole(
  consoleStore: Store,
  operatorId: string,
  role: Role,
  options: ChangeOptions = {},
): Promise<OperatorRecord> {
  const demotes = role !== "admin" && !options.evenLast;
  return change(consoleStore, operatorId, ["role", role, demotes ? "1" : "0", options.expected ?? ""]);
}

/** Like {@link setOperatorRole}. */
export async function setOperatorDisabled(
  consoleStore: Store,
  operatorId: string,
  disabled: boolean,
): Promise<OperatorRecord> {
  const flag = disabled ? "1" : "0";
  return change(consoleStore, operatorId, ["disabled", flag, flag, ""]);
}

async function change(consoleStore: Store, operatorId: string, words: string[]): Promise<OperatorRecord> {
  const others = (await listOperatorIds(consoleStore)).filter((id) => id !== operatorId);
  const keys = [operatorId, ...others].map(consoleKeys.operator);
  const answer = toText(await consoleStore.command("EVAL", CHANGE, keys.length, ...keys, ...words));
  if (answer === "gone") throw noOperator();
  if (answer === "demo") throw demoOperator();
  if (answer === "changed") {
    throw new SafeError("conflict", "Somebody else has changed this operator meanwhile.", {
      hint: "Look at it again.",
    });
  }
  if (answer === "last") {
    throw new SafeError("conflict", "This is the last administrator that can sign in.", {
      hint: "Make somebody else an administrator first.",
    });
  }
  return (await readOperator(consoleStore, operatorId))!;
}

/**
 * Sessions go on: end them with {@link ./sessions revokeSessionsOf}, after this.
 * @param by who made the password up: an operator whose password was made by another is asked to change it
 * @throws SafeError `invalid_input` for the password; `not_found`; `conflict` for one that signs in elsewhere
 */
export async function setOperatorPassword(
  consoleStore: Store,
  operatorId: string,
  password: string,
  by: "operator" | "another",
): Promise<void> {
  const operator = await readOperator(consoleStore, operatorId);
  if (!operator) throw noOperator();
  if (operator.via === "demo") throw demoOperator();
  if (operator.via === "oidc") {
    throw new SafeError("conflict", "This operator signs in at the identity provider and has no password.");
  }
  await requireGoodPassword(password, operator.name);
  const fields = [
    "passwordHash",
    await hashPassword(password),
    "mustChangePassword",
    by === "another" ? 1 : 0,
  ];
  const key = consoleKeys.operator(operatorId);
  const set = await consoleStore.command("HSETEX", key, "FXX", "FIELDS", 2, ...fields);
  if (toInt(set) === 0) throw noOperator();
}

function noOperator(): SafeError {
  return new SafeError("not_found", "There is no such operator.");
}

function demoOperator(): SafeError {
  return new SafeError("conflict", "The operators of the demo stay as they are.");
}
