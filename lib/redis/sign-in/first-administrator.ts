/** The first start: somebody must be able to come in, and nobody must know how but who started it. */
import { consoleKeys } from "../console-keys";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import { comparedName } from "./operator-names";
import { operatorFields } from "./operator-record";
import { listOperatorIds, newOperatorId, readOperators } from "./operators";
import { hashPassword, randomPassword } from "./passwords";

const NAME = "admin";

/** KEYS names, operator · ARGV how many names there were, name, id, then the fields. → 0 when others came meanwhile. */
const CREATE_FIRST = `
if redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if redis.call('HSETNX', KEYS[1], ARGV[2], ARGV[3]) == 0 then return 0 end
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
return 1`;

export interface FirstAdministrator {
  id: string;
  name: string;
  /** Random; nobody can learn it later. */
  password: string;
}

export function newCandidate(): FirstAdministrator {
  return { id: newOperatorId(), name: NAME, password: randomPassword(NAME) };
}

/**
 * On a store without operators: an administrator. However many consoles start at once, one of them makes it. Operators
 * of a demo do not count: they could not sign in.
 * @param candidate the same again after an answer that was lost: it may have been made then
 * @returns null when there are operators already
 */
export async function createFirstAdministrator(
  consoleStore: Store,
  candidate: FirstAdministrator = newCandidate(),
): Promise<FirstAdministrator | null> {
  const { id, name, password } = candidate;
  let fields: string[] | undefined;
  for (;;) {
    const names = consoleKeys.operatorNames();
    // The count first: an operator that is added after it makes the script refuse, and then it is looked again.
    const many = toInt(await consoleStore.command("HLEN", names));
    const ids = await listOperatorIds(consoleStore);
    if (ids.includes(id)) return candidate;
    const operators = await readOperators(consoleStore, ids);
    // One whose record is lost counts too: an emptied store must not hand out a new administrator by halves.
    if (operators.filter(({ via }) => via === "demo").length < ids.length) return null;
    fields ??= operatorFields({
      id,
      name,
      role: "admin",
      via: "password",
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
    });
    const keys = [names, consoleKeys.operator(id)];
    const words = [many, comparedName(name), id, ...fields];
    const made = await consoleStore.command("EVAL", CREATE_FIRST, keys.length, ...keys, ...words);
    if (toInt(made) === 1) return candidate;
  }
}
