/** Names that lead to an index, and can be turned to another one in one step. */
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { readIndexInfo } from "../query-engine/index-info";
import { forgetIndexInfo } from "../query-engine/recent-info";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import { gone, requireEngine, requireMemories } from "./failures";
import { indexByOwnName } from "./uses";

export interface AliasSwitch {
  alias: string;
  /** The index it shall lead to. */
  to: string;
  /** Where the operator saw it lead; null: nowhere yet. */
  from: string | null;
}

/**
 * One FT.ALIASUPDATE: who searches meanwhile finds in the one index or in the other.
 * @throws SafeError `not_found`, `conflict` when it leads elsewhere by now, or is an index's own name
 */
export async function setAlias(store: Store, consoleStore: Store, input: AliasSwitch): Promise<AliasSwitch> {
  await requireEngine(store);
  const [target, current] = await Promise.all([
    indexByOwnName(store, input.to),
    readIndexInfo(store, input.alias),
  ]);
  if (!target) throw gone(input.to);
  requireMemories(target);
  if (current?.name === input.alias) {
    throw new SafeError("conflict", `${input.alias} is an index's own name, so it cannot be an alias.`, {
      field: "alias",
      hint: "Drop that index first: then its name can be handed on.",
    });
  }
  requireSeen(input.alias, current?.name ?? null, input.from);
  // Told first: an alias that nobody knows of cannot be found again on servers that do not list them.
  await consoleStore.command("SADD", consoleKeys.indexAliases(), input.alias);
  await store.command("FT.ALIASUPDATE", input.alias, input.to).finally(() => forgetIndexInfo(store));
  return input;
}

/** @throws SafeError `conflict` when it leads elsewhere by now, `not_found` */
export async function removeAlias(
  store: Store,
  consoleStore: Store,
  input: { alias: string; from: string },
): Promise<{ alias: string }> {
  await requireEngine(store);
  requireSeen(input.alias, (await readIndexInfo(store, input.alias))?.name ?? null, input.from);
  try {
    await store.command("FT.ALIASDEL", input.alias);
  } catch (error) {
    if (!/alias does not exist/i.test(refusalText(error))) throw error;
    throw new SafeError("not_found", `There is no alias ${input.alias} any more.`);
  }
  forgetIndexInfo(store);
  await consoleStore.command("SREM", consoleKeys.indexAliases(), input.alias);
  return { alias: input.alias };
}

function requireSeen(alias: string, is: string | null, seen: string | null): void {
  if (is === seen) return;
  const now = is === null ? "leads nowhere" : `leads to ${is}`;
  throw new SafeError("conflict", `The alias ${alias} ${now} by now.`, {
    hint: "Somebody changed it since this page was loaded: look again.",
  });
}
