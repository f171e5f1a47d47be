/**
 * Operators in the console's own state:
 *
 *   console:sign-in:names          hash    compared name, or the place at an identity provider → operator's id
 *   console:sign-in:operator:{id}  hash    {@link ./operator-record operatorFields}
 *
 * Operators are never deleted: the audit log speaks of their ids.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Role } from "../../auth/permissions";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { toBuffers, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import { comparedName, operatorName } from "./operator-names";
import { type NewOperator, operatorFields, readOperatorReply, type StoredOperator } from "./operator-record";
import { requireGoodPassword } from "./password-rules";
import { hashPassword } from "./passwords";
import type { OperatorRecord, SignInVia } from "./types";

/** Who somebody is at an identity provider: both together, for a provider may give one `sub` to many. */
export interface OidcSubject {
  issuer: string;
  sub: string;
}

export interface CreateOperatorInput {
  /** From {@link newOperatorId}; for who wants to write down beforehand who it will be. */
  id?: string;
  name: string;
  role: Role;
  /** null for those who prove elsewhere who they are. */
  password: string | null;
  via: SignInVia;
  /** The password was made for the operator, and not by the operator; default false. */
  mustChangePassword?: boolean;
  subject?: OidcSubject;
}

/** KEYS names, operator · ARGV id, how many names, the names, then the fields. → 1, or 0 when a name is taken. */
const CREATE = `
local many = tonumber(ARGV[2])
for at = 3, 2 + many do
  if redis.call('HEXISTS', KEYS[1], ARGV[at]) == 1 then return 0 end
end
for at = 3, 2 + many do redis.call('HSET', KEYS[1], ARGV[at], ARGV[1]) end
redis.call('HSET', KEYS[2], unpack(ARGV, 3 + many))
return 1`;

/**
 * @throws SafeError `invalid_input` for the name or the password; `conflict` when an operator of that name, or with
 * that place at the identity provider, is there already
 */
export async function createOperator(
  consoleStore: Store,
  input: CreateOperatorInput,
): Promise<OperatorRecord> {
  const name = operatorName(input.name);
  if (input.password !== null) await requireGoodPassword(input.password, name);
  const operator: NewOperator = {
    id: input.id ?? newOperatorId(),
    name,
    role: input.role,
    via: input.via,
    passwordHash: input.password === null ? null : await hashPassword(input.password),
    mustChangePassword: input.mustChangePassword ?? false,
    subject: input.subject,
  };
  const names = [comparedName(name), ...(input.subject ? [subjectField(input.subject)] : [])];
  const keys = [consoleKeys.operatorNames(), consoleKeys.operator(operator.id)];
  const fields = operatorFields(operator);
  const words = [operator.id, names.length, ...names, ...fields];
  if (toInt(await consoleStore.command("EVAL", CREATE, keys.length, ...keys, ...words)) === 0) {
    throw new SafeError("conflict", "There is an operator of that name already.", { field: "name" });
  }
  return readOperatorReply(operator.id, fields)!.record;
}

export function newOperatorId(): string {
  return `op_${randomBytes(12).toString("base64url")}`;
}

/** No name can be mistaken for it: names hold no control characters. */
function subjectField({ issuer, sub }: OidcSubject): string {
  const place = createHash("sha256")
    .update(JSON.stringify([issuer, sub]))
    .digest("base64url");
  return `\0oidc ${place}`;
}

export function findOperatorByName(consoleStore: Store, name: string): Promise<OperatorRecord | null> {
  return findByField(consoleStore, comparedName(name)).then((stored) => stored?.record ?? null);
}

export function findOperatorByOidc(
  consoleStore: Store,
  issuer: string,
  sub: string,
): Promise<OperatorRecord | null> {
  return findByField(consoleStore, subjectField({ issuer, sub })).then((stored) => stored?.record ?? null);
}

/** With the hash of the password: for this folder alone. The same two round trips for a name that does not exist. */
export function findCredentials(consoleStore: Store, name: string): Promise<StoredOperator | null> {
  return findByField(consoleStore, comparedName(name));
}

async function findByField(consoleStore: Store, field: string): Promise<StoredOperator | null> {
  const id = await consoleStore.command("HGET", consoleKeys.operatorNames(), field);
  return readStored(consoleStore, id === null ? "nobody" : toText(id));
}

/** With the hash of the password: for this folder alone. */
export async function readStored(consoleStore: Store, operatorId: string): Promise<StoredOperator | null> {
  return readOperatorReply(
    operatorId,
    await consoleStore.command("HGETALL", consoleKeys.operator(operatorId)),
  );
}

export async function readOperator(consoleStore: Store, operatorId: string): Promise<OperatorRecord | null> {
  return (await readStored(consoleStore, operatorId))?.record ?? null;
}

/** In one round trip; those that do not exist are left out. */
export async function readOperators(
  consoleStore: Store,
  operatorIds: readonly string[],
): Promise<OperatorRecord[]> {
  const ids = [...new Set(operatorIds)];
  const replies = await consoleStore.pipeline(ids.map((id) => ["HGETALL", consoleKeys.operator(id)]));
  return replies.flatMap((reply, at) => {
    if (reply instanceof Error) throw reply;
    return readOperatorReply(ids[at]!, reply)?.record ?? [];
  });
}

/** Everybody, by name. */
export async function listOperators(consoleStore: Store): Promise<OperatorRecord[]> {
  const ids = await listOperatorIds(consoleStore);
  const operators = await readOperators(consoleStore, ids);
  return operators.sort((a, b) => (comparedName(a.name) < comparedName(b.name) ? -1 : 1));
}

/** Without order. */
export async function listOperatorIds(consoleStore: Store): Promise<string[]> {
  const ids = toBuffers(await consoleStore.command("HVALS", consoleKeys.operatorNames())).map(toText);
  return [...new Set(ids)];
}
