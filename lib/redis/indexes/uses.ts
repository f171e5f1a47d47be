/** Who asks for an index, as far as it can be known. */
import { env } from "../../env";
import { consoleKeys } from "../console-keys";
import type { ActiveIndex } from "../query-engine/active-index";
import { adoptedIndexName } from "../query-engine/active-index";
import { readIndexInfo } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { isError, toArray, toBuffers, toMap, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { IndexUses } from "./types";

export interface Aliases {
  /** Alias → index's own name. */
  targets: Map<string, string>;
  /** False: the server cannot list them, so these are the ones that the console was told of. */
  listed: boolean;
}

/**
 * Aliases of these indexes. Servers before search 8.10 have no FT.ALIASLIST (redis.io): there the names that the console
 * made, was configured with or adopted are asked for one by one. Two round trips.
 */
export async function readAliases(
  store: Store,
  consoleStore: Store,
  indexes: readonly IndexInfo[],
): Promise<Aliases> {
  const [told, lists] = await Promise.all([
    consoleStore.command("SMEMBERS", consoleKeys.indexAliases()),
    store.pipeline(indexes.map(({ name }) => ["FT.ALIASLIST", name] as const)),
  ]);
  const targets = new Map<string, string>();
  const listed = lists.length > 0 && !lists.some(isError);
  for (const [at, list] of lists.entries()) {
    if (isError(list)) continue;
    for (const alias of toBuffers(list)) targets.set(alias.toString("utf8"), indexes[at]!.name);
  }
  if (listed) return { targets, listed };
  const names = [...new Set([env().MEMORY_INDEX, ...toArray(told).map((name) => toText(name))])];
  const infos = await store.pipeline(names.map((name) => ["FT.INFO", name] as const));
  for (const [at, info] of infos.entries()) {
    if (isError(info)) continue;
    const own = toText(toMap(info).get("index_name"));
    if (own !== names[at]) targets.set(names[at]!, own);
  }
  return { targets, listed: false };
}

export function usesOf(name: string, aliases: Aliases, adopted: string | null): IndexUses {
  const configured = env().MEMORY_INDEX;
  return {
    adopted: adopted !== null && (adopted === name || aliases.targets.get(adopted) === name),
    configured: configured === name ? "name" : aliases.targets.get(configured) === name ? "alias" : null,
    aliases: [...aliases.targets].flatMap(([alias, target]) => (target === name ? [alias] : [])).sort(),
  };
}

/** {@link usesOf} of one index, read now. */
export async function readUses(store: Store, consoleStore: Store, index: IndexInfo): Promise<IndexUses> {
  const [aliases, adopted] = await Promise.all([
    readAliases(store, consoleStore, [index]),
    adoptedIndexName(consoleStore),
  ]);
  return usesOf(index.name, aliases, adopted);
}

/**
 * The console takes the only index over people's keys when nobody chose one. Before a second one comes, that choice is
 * written down: with two and no choice there would be none in use.
 */
export async function keepChoice(consoleStore: Store, active: ActiveIndex): Promise<void> {
  if (active.state !== "active" || active.chosenBy !== "only") return;
  await consoleStore.command("SET", consoleKeys.adoptedIndex(), active.index.name, "NX");
}

/** The index behind a name that is its own, and no alias. */
export async function indexByOwnName(store: Store, name: string): Promise<IndexInfo | null> {
  const index = await readIndexInfo(store, name);
  return index?.name === name ? index : null;
}
