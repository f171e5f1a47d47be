/** Taking an index away, and never a document with it. */
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { activeIndex } from "../query-engine/active-index";
import { forgetForeignHits } from "../query-engine/foreign-hits";
import { memoryFields } from "../query-engine/index-info";
import { bindModel } from "../query-engine/index-models";
import { forgetIndexInfo } from "../query-engine/recent-info";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { gone, requireEngine, requireMemories } from "./failures";
import { indexByOwnName, readUses } from "./uses";

export interface DropInput {
  name: string;
  /** Typed by the operator; must be the name. */
  confirm: string;
  /** The operator was told what stops, and wants it all the same. */
  inUse: boolean;
  /** An index that its name and its aliases shall lead to from then on. */
  handTo: string | null;
}

/**
 * FT.DROPINDEX without DD. An alias in place of a name would take the index behind it away (measured), so only own names
 * are taken. With `handTo` the name becomes an alias in the same MULTI: whoever searches by it never finds nothing there.
 * @throws SafeError `not_found`; `conflict` when it is used and `inUse` was not said; `invalid_input`
 */
export async function dropIndex(
  store: Store,
  consoleStore: Store,
  { name, confirm, inUse, handTo }: DropInput,
): Promise<{ name: string }> {
  await requireEngine(store);
  if (confirm !== name) {
    throw new SafeError("invalid_input", "What was typed is not the index's name.", { field: "confirm" });
  }
  const index = await indexByOwnName(store, name);
  if (!index) throw gone(name);
  const [uses, active] = await Promise.all([
    readUses(store, consoleStore, index),
    activeIndex(store, consoleStore),
  ]);
  const isActive = active.index?.name === name;
  if (!inUse && (isActive || uses.adopted || uses.configured !== null || uses.aliases.length > 0)) {
    throw new SafeError("conflict", `The index ${name} is in use.`, {
      hint: "Confirm that recall by it shall stop, or switch to another index first.",
    });
  }
  await requireHeir(store, name, handTo);
  // The console goes over before the old one goes: in between both are there.
  if (handTo !== null && isActive) await consoleStore.command("SET", consoleKeys.adoptedIndex(), handTo);
  const handedOn =
    handTo === null ? [] : uses.aliases.map((alias): Command => ["FT.ALIASUPDATE", alias, handTo]);
  const itsName: Command[] = handTo === null ? [] : [["FT.ALIASUPDATE", name, handTo]];
  await together(store, [...handedOn, ["FT.DROPINDEX", name], ...itsName]).finally(() => {
    forgetIndexInfo(store);
  });
  if (handTo !== null) await consoleStore.command("SADD", consoleKeys.indexAliases(), name);
  else if (uses.adopted) await consoleStore.command("UNLINK", consoleKeys.adoptedIndex());
  const field = memoryFields(index).vector?.identifier;
  if (field) await consoleStore.command("SADD", consoleKeys.vectorFields(), field);
  await Promise.all([bindModel(consoleStore, name, null), forgetForeignHits(consoleStore, name)]);
  return { name };
}

/** A cluster knows each name at a node of its own, so there they can only come one after the other. */
async function together(store: Store, commands: readonly Command[]): Promise<void> {
  if (store.kind !== "cluster") return void (await store.transaction(commands));
  for (const command of commands) await store.command(...command);
}

async function requireHeir(store: Store, name: string, handTo: string | null): Promise<void> {
  if (handTo === null) return;
  const heir = handTo === name ? null : await indexByOwnName(store, handTo);
  if (!heir) throw gone(handTo);
  requireMemories(heir);
}
