/** The commands of a search with everything in them that a person wrote, asked for or is called left out. */
import type { SearchResult } from "../recall/types";

/** Words of Redis's own, the tutorial's field names, and the names that this console gives. */
const KNOWN = new Set(
  (
    "FT.SEARCH HMGET HSTRLEN HGET EVAL_RO SCAN MATCH COUNT PARAMS RETURN SORTBY ASC LIMIT DIALECT WITHSCORES SCORER BM25STD NOCONTENT " +
    "vec score vector_distance user_id content importance timestamp embedding"
  ).split(" "),
);

const OF_ONE_KEY = ["HMGET", "HSTRLEN", "HGET"];
const PERSON = "‹person›";
const WORD = "‹word›";

/**
 * Built anew from what is known: whatever is not, whoever wrote it, becomes a placeholder.
 * @param text as redisCliText gives it
 */
export function redactedCommand(text: string, { index, user, words }: Asked): string {
  const [name = "", ...rest] = argumentsOf(text);
  const shown = rest.map((argument, at) => {
    if (name === "FT.SEARCH" && at === 0) return index?.name === argument ? argument : "‹index›";
    if (name === "FT.SEARCH" && at === 1) {
      // Without words: it asks who passes the filter.
      return redactedQuery(argument, user !== null, rest[2] === "NOCONTENT" ? null : words.length);
    }
    if (OF_ONE_KEY.includes(name) && at === 0) return "‹key›";
    if (KNOWN.has(argument) || /^\d{1,6}$/.test(argument)) return argument;
    return rest[at - 1] === "MATCH" ? "‹keys of this person›" : "‹…›";
  });
  return [KNOWN.has(name) ? name : "‹…›", ...shown].join(" ");
}

type Asked = Pick<SearchResult, "index" | "user" | "words">;

/** Quoted ones with their quotes. */
function argumentsOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|\S+/gs) ?? [];
}

/** Of the filters the numbers stay: punctuation in an id or a word is escaped, so none of those looks like one. */
function redactedQuery(query: string, ofPerson: boolean, words: number | null): string {
  const ranges = query.match(/@(?:importance|timestamp):\[[-+.\dinf]+ [-+.\dinf]+\]/g) ?? [];
  const clauses = [...(ofPerson ? [`@user_id:{${PERSON}}`] : []), ...new Set(ranges)];
  const nearest = / => \[KNN \d{1,6} @\w{1,64} \$vec AS \w{1,64}\]"$/.exec(query)?.[0];
  if (nearest) return `"${clauses.length > 0 ? `(${clauses.join(" ")})` : "*"}${nearest}`;
  if (words === null) return `"${clauses.length > 0 ? clauses.join(" ") : "*"}"`;
  return `"${Array.from({ length: words }, () => `(${[...clauses, WORD].join(" ")})`).join("|")}"`;
}
