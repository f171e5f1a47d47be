/** Which index the console uses: the adopted one, else MEMORY_INDEX, else the only one that covers people's keys. */
import { env } from "../../env";
import { consoleKeys } from "../console-keys";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import { describeIndexes } from "./index-info";
import type { IndexInfo } from "./index-types";

export type ChosenBy = "adopted" | "configured" | "only";

interface Found {
  indexes: IndexInfo[];
  /** False when this Redis user may not list indexes: there may be others. */
  listed: boolean;
  missingAdopted: string | null;
}

export type ActiveIndex =
  | { state: "no-engine"; index: null }
  /** The engine is there; no index is, or several cover people's keys and none is chosen. */
  | ({ state: "none"; index: null } & Found)
  | ({ state: "active"; index: IndexInfo; chosenBy: ChosenBy } & Found);

/** The index in force. Reads the choice from the console's state and FT.INFO of every index: three round trips. */
export async function activeIndex(store: Store, consoleStore: Store): Promise<ActiveIndex> {
  if ((await store.capabilities()).queryEngine === null) return { state: "no-engine", index: null };
  const adopted = await adoptedIndexName(consoleStore);
  const configured = env().MEMORY_INDEX;
  const names = adopted ? [configured, adopted] : [configured];
  const { indexes, listed, find } = await describeIndexes(store, names);

  const byAdoption = adopted === null ? undefined : find(adopted);
  const found: Found = { indexes, listed, missingAdopted: byAdoption ? null : adopted };
  if (byAdoption) return { state: "active", index: byAdoption, chosenBy: "adopted", ...found };
  const byName = find(configured);
  if (byName) return { state: "active", index: byName, chosenBy: "configured", ...found };
  const covering = indexes.filter((index) => index.coverage === "all" && index.keyType === "HASH");
  if (covering.length === 1) {
    return { state: "active", index: covering[0]!, chosenBy: "only", ...found };
  }
  return { state: "none", index: null, ...found };
}

/** The name a person chose on the Index page, null when nobody did. */
export async function adoptedIndexName(consoleStore: Store): Promise<string | null> {
  const reply = await consoleStore.command("GET", consoleKeys.adoptedIndex());
  return reply === null ? null : toText(reply);
}
