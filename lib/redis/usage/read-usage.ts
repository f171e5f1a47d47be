/** The numbers of the whole store: the overview's and those of memory use. From the survey; INFO and FT.INFO are asked. */

import type { SurveyView } from "../keyspace/survey";
import { Largest } from "../keyspace/survey-largest";
import { SurveyTally, type SurveyUser } from "../keyspace/survey-tally";
import type { Store } from "../store/store";
import { attentionOf, toFoundKey } from "./attention";
import type { Overview, Usage } from "./schema";
import { readIndexFacts, readServerMemory } from "./server-memory";
import { toUserShare } from "./user-share";

const BIGGEST_USERS = 20;
const BIGGEST_KEYS = 25;

export async function readOverview(store: Store, view: SurveyView): Promise<Overview> {
  const [memory, indexes] = await serverFacts(store);
  const tally = view.survey?.tally ?? new SurveyTally();
  return {
    status: view.status,
    users: tally.users.size,
    total: tally.total,
    classes: tally.classes,
    memory,
    indexBytes: indexes?.shares.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) ?? null,
    attention: attentionOf(tally, indexes?.vectorBytes ?? []),
  };
}

export async function readUsage(store: Store, view: SurveyView): Promise<Usage> {
  const [memory, indexes] = await serverFacts(store);
  const tally = view.survey?.tally ?? new SurveyTally();
  return {
    status: view.status,
    users: tally.users.size,
    total: tally.total,
    unmeasuredKeys: tally.unmeasuredKeys,
    classes: tally.classes,
    types: [...tally.types]
      .map(([type, amount]) => ({ type, ...amount }))
      .sort((a, b) => b.sizeBytes - a.sizeBytes),
    lives: tally.lives,
    importance: tally.importance,
    biggestKeys: tally
      .biggest()
      .slice(0, BIGGEST_KEYS)
      .map((found) => toFoundKey(tally, found)),
    biggestUsers: biggestUsers(tally).map(toUserShare),
    memory,
    indexes: indexes?.shares ?? null,
  };
}

/** While Redis is away, what the survey kept is still worth showing; the status says how old it is. */
function serverFacts(store: Store) {
  return Promise.all([
    readServerMemory(store).catch(() => null),
    readIndexFacts(store).catch(() => null),
  ] as const);
}

function biggestUsers(tally: SurveyTally): SurveyUser[] {
  const largest = new Largest<SurveyUser>(BIGGEST_USERS, (user) => user.sizeBytes);
  for (const user of tally.users.values()) largest.offer(user.sizeBytes, () => user);
  return largest.sorted();
}
