/** The directory: filter, sort and page through the people that the survey found. Asks Redis nothing. */
import { displayBytes, parseDisplayed } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef, sealRef } from "../../refs";
import type { Survey, SurveyView } from "../keyspace/survey";
import type { SurveyUser } from "../keyspace/survey-tally";
import type { ListUsersInput, SortDirection, UserList, UserRow, UserSort } from "./schema";

const VALUE: Record<UserSort, (user: SurveyUser) => number> = {
  "last-activity": (user) => user.lastActivityMs ?? -1,
  bytes: (user) => user.sizeBytes,
  memories: (user) => user.memories,
  sessions: (user) => user.sessions,
  id: () => 0,
};

/** The place of a person in the order: the typed id first, then by the value, then by id. */
interface Place {
  pinned: boolean;
  value: number;
  id: string;
}

/**
 * One page. A cursor names a place in the order, not a position: people who come, go or change between two
 * pages neither repeat nor hide others.
 */
export function listUsers(view: SurveyView, input: ListUsersInput): UserList {
  const direction = input.direction ?? (input.sort === "id" ? "asc" : "desc");
  const typed = typedId(view.survey, input.query);
  const sorted = view.survey ? sortedUsers(view.survey, input.sort, direction) : [];
  const matching = typed ? pinFirst(sorted.filter(matcher(input.query.trim())), typed.id) : sorted;

  const placeOf = (user: SurveyUser): Place => ({
    pinned: user.id === typed?.id,
    value: VALUE[input.sort](user),
    id: user.id,
  });
  const inOrder = comparing(input.sort, direction);
  const compare = (a: Place, b: Place) => Number(b.pinned) - Number(a.pinned) || inOrder(a, b);

  let from = 0;
  if (input.cursor) {
    const cursor = openCursor(input.cursor, typed?.id);
    from = lowerBound(matching, (user) => {
      const order = compare(placeOf(user), cursor.place);
      return cursor.side === "a" ? order <= 0 : order < 0;
    });
    if (cursor.side === "b") from = Math.max(0, from - input.limit);
  }
  const page = matching.slice(from, from + input.limit);
  const cursorAt = (side: "a" | "b", user: SurveyUser | undefined) =>
    user ? sealRef("cursor", idBytes(`${side}.${VALUE[input.sort](user)}.${user.id}`)) : null;
  return {
    users: page.map(toRow),
    total: view.survey?.tally.users.size ?? 0,
    matching: matching.length,
    from,
    previousCursor: from > 0 ? cursorAt("b", page[0]) : null,
    nextCursor: from + page.length < matching.length ? cursorAt("a", page.at(-1)) : null,
    exact: typed && {
      ref: sealRef("user", idBytes(typed.id)),
      label: displayBytes(idBytes(typed.id)),
      listed: typed.listed,
    },
    status: view.status,
  };
}

/** A person of the survey as a row. */
export function toRow(user: SurveyUser): UserRow {
  const bytes = idBytes(user.id);
  return {
    ref: sealRef("user", bytes),
    label: displayBytes(bytes),
    keys: user.keys,
    sizeBytes: user.sizeBytes,
    sessions: user.sessions,
    memories: user.memories,
    disputed: user.disputed,
    // The survey may be older than the end of the window that refused.
    state: user.stuck ? "stuck" : user.blockedUntilMs > Date.now() ? "blocked" : null,
    lastActivityMs: user.lastActivityMs,
    isActivityOrLater: user.isActivityOrLater,
  };
}

function idBytes(id: string): Buffer {
  return Buffer.from(id, "latin1");
}

/** What was typed as an id. Spaces around it are taken for a slip of the paste unless somebody is called so. */
function typedId(survey: Survey | null, query: string): { id: string; listed: boolean } | null {
  for (const text of new Set([query, query.trim()])) {
    if (text === "") continue;
    const id = parseDisplayed(text).toString("latin1");
    if (survey?.tally.users.has(id)) return { id, listed: true };
  }
  const trimmed = query.trim();
  return trimmed === "" ? null : { id: parseDisplayed(trimmed).toString("latin1"), listed: false };
}

/** Letters match whatever their case: who looks somebody up rarely knows how the id was written. */
function matcher(query: string): (user: SurveyUser) => boolean {
  const text = query.toLowerCase();
  const bytes = parseDisplayed(query).toString("latin1");
  return ({ id }) => searchText(id).includes(text) || id.includes(bytes);
}

function searchText(id: string): string {
  return (/^[\x00-\x7f]*$/.test(id) ? id : idBytes(id).toString("utf8")).toLowerCase();
}

function pinFirst(users: SurveyUser[], id: string): SurveyUser[] {
  const at = users.findIndex((user) => user.id === id);
  return at <= 0 ? users : [users[at]!, ...users.slice(0, at), ...users.slice(at + 1)];
}

type Compare = (a: Omit<Place, "pinned">, b: Omit<Place, "pinned">) => number;

/** Equal values go by id from a to z whatever the direction; only sorting by the id itself turns that around. */
function comparing(sort: UserSort, direction: SortDirection): Compare {
  const sign = direction === "asc" ? 1 : -1;
  const idSign = sort === "id" ? sign : 1;
  return (a, b) => sign * (a.value - b.value) || idSign * (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

// Half a million people take a second to sort: done once for a finished survey, in each order that is asked for.
const orders = new WeakMap<Survey, Map<string, SurveyUser[]>>();

function sortedUsers(survey: Survey, sort: UserSort, direction: SortDirection): SurveyUser[] {
  const known = orders.get(survey) ?? new Map<string, SurveyUser[]>();
  const name = `${sort} ${direction}`;
  const kept = known.get(name);
  if (kept) return kept;
  const value = VALUE[sort];
  const compare = comparing(sort, direction);
  const sorted = [...survey.tally.users.values()]
    .map((user) => ({ value: value(user), id: user.id, user }))
    .sort(compare)
    .map(({ user }) => user);
  if (survey.finishedAtMs !== null) {
    known.set(name, sorted);
    orders.set(survey, known);
  }
  return sorted;
}

/** Sealed: the value in it is exact where the one in a masked row is not. */
function openCursor(cursor: string, typedId: string | undefined): { side: "a" | "b"; place: Place } {
  let text = "";
  try {
    text = openRef("cursor", cursor).toString("latin1");
  } catch {
    // Said below.
  }
  const [, side, value, id] = /^([ab])\.(-?\d+)\.(.+)$/s.exec(text) ?? [];
  if (side === undefined || value === undefined || id === undefined) {
    throw new SafeError("invalid_input", "cursor: must be a cursor that an earlier page gave", {
      field: "cursor",
    });
  }
  return { side: side as "a" | "b", place: { pinned: id === typedId, value: Number(value), id } };
}

/** Index of the first person for whom `before` does not hold. */
function lowerBound(users: SurveyUser[], before: (user: SurveyUser) => boolean): number {
  let [low, high] = [0, users.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(users[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
