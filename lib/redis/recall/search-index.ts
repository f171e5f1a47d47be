/** A search through the Query Engine: nearest and word matches, each hit judged, foreign ones replaced by the next. */
import { redisCliText } from "../query-engine/command-text";
import type { IndexInfo } from "../query-engine/index-types";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import type { Candidate } from "./candidate";
import { nearestCommand, nearestRows, type Row, wordRows, wordsCommand } from "./index-commands";
import { judgeHits, type Verdict } from "./judge";
import type { QueryVector } from "./query-vector";
import type { SearchCommand } from "./types";

export interface IndexQuestion {
  index: IndexInfo;
  clauses: readonly string[];
  userId: Buffer | null;
  /** Empty: no word search. */
  words: readonly string[];
  vector: QueryVector | null;
  k: number;
  category: Buffer | null;
  maxDistance: number | null;
  beginningWeight: number;
}

export interface Found {
  candidates: Candidate[];
  foreignHits: number;
  disputedHits: number;
  /** How many of a list were looked through for what the index cannot filter. */
  looked: number;
  /** latin1 names of all the keys that the index told a distance of; null where there may be more. */
  nearest: ReadonlySet<string> | null;
  /** Those that it brought among the nearest without a distance. */
  withoutDistance: number;
  commands: SearchCommand[];
  searchMs: number;
  fetchMs: number;
}

/** Never asks the index for more than this in one list. */
const MAX_ASKED = 1_000;

/** Asks for k; where foreign hits or other categories took places, asks again for more. */
export async function searchIndex(store: Store, question: IndexQuestion): Promise<Found> {
  const spent = { searchMs: 0, fetchMs: 0 };
  let asked = question.category ? Math.min(MAX_ASKED, question.k * 10) : question.k;
  for (let round = 1; ; round += 1) {
    const answer = await askOnce(store, question, asked);
    spent.searchMs += answer.searchMs;
    spent.fetchMs += answer.fetchMs;
    const lists = [answer.near, answer.matched];
    const short = lists.some((list) => list.kept.length < question.k && list.rows.length >= asked);
    if (short && asked < MAX_ASKED) {
      asked = Math.min(MAX_ASKED, asked * 5);
      continue;
    }
    const verdicts = [...answer.verdicts.values()];
    const candidates = merge(answer, question);
    return {
      ...spent,
      candidates: [...candidates.values()],
      foreignHits: verdicts.filter(({ kind }) => kind === "foreign").length,
      disputedHits: verdicts.filter(({ kind }) => kind === "disputed").length,
      looked: Math.max(...lists.map((list) => list.rows.length)),
      nearest:
        question.vector && answer.near.rows.length < asked
          ? new Set(answer.near.rows.filter(isMeasured).map(({ key }) => key.toString("latin1")))
          : null,
      withoutDistance: answer.near.withoutDistance,
      commands: answer.commands.map((command) => ({ ...command, times: command.times || round })),
    };
  }
}

interface List {
  rows: Row[];
  /** Rows that may be shown, best first. */
  kept: Row[];
  /** Such rows that have no distance, so no place among the nearest. */
  withoutDistance: number;
}

function isMeasured({ score }: Row): boolean {
  return !Number.isNaN(score);
}

interface Answer {
  near: List;
  matched: List;
  verdicts: Map<string, Verdict>;
  /** `times: 0` for a command of every round. */
  commands: SearchCommand[];
  searchMs: number;
  fetchMs: number;
}

async function askOnce(store: Store, question: IndexQuestion, asked: number): Promise<Answer> {
  const { index, clauses, vector, words, category, beginningWeight } = question;
  const commands: SearchCommand[] = [];
  const startedAt = performance.now();
  const ask = async (
    purpose: SearchCommand["purpose"],
    command: Command,
    binaryAt: number[],
  ): Promise<Reply> => {
    const sentAt = performance.now();
    const reply = await store.command(...command);
    const ms = performance.now() - sentAt;
    commands.push({ purpose, text: redisCliText(command, binaryAt), times: 0, ms });
    return reply;
  };
  // Sent in one round trip: commands of the same tick are pipelined.
  const nearest = vector ? nearestCommand(index, clauses, vector.bytes, asked) : null;
  const [nearReply, wordReply] = await Promise.all([
    nearest ? ask("vector", nearest.command, [nearest.vectorAt]) : null,
    words.length > 0 ? ask("words", wordsCommand(index, clauses, words, asked, beginningWeight), []) : null,
  ]);
  const searchMs = performance.now() - startedAt;
  const nearRows = nearReply === null ? [] : nearestRows(nearReply, index);
  const matchedRows = wordReply === null ? [] : wordRows(wordReply);

  const keys = new Map([...nearRows, ...matchedRows].map(({ key }) => [key.toString("latin1"), key]));
  const measured = new Set(nearRows.map(({ key }) => key.toString("latin1")));
  const fetchedAt = performance.now();
  const { verdicts, examples } = await judgeHits(store, [...keys.values()], { ...question, measured });
  const fetchMs = performance.now() - fetchedAt;
  // One round trip brings both.
  const [owner, length] = examples.map((command) => redisCliText(command));
  if (owner) commands.push({ purpose: "fetch", text: owner, times: keys.size, ms: fetchMs });
  if (length) commands.push({ purpose: "length", text: length, times: keys.size, ms: null });
  const shown = (row: Row) => {
    const verdict = verdicts.get(row.key.toString("latin1"));
    return verdict?.kind === "shown" && (!category || verdict.parsed.category.equals(category));
  };
  // The vector's command first, whichever was answered first.
  commands.sort((a, b) => ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose));
  return {
    near: listOf(nearRows, shown),
    matched: listOf(matchedRows, shown),
    verdicts,
    commands,
    searchMs,
    fetchMs,
  };
}

function listOf(rows: Row[], shown: (row: Row) => boolean): List {
  const all = rows.filter(shown);
  const kept = all.filter(isMeasured);
  return { rows, kept, withoutDistance: all.length - kept.length };
}

const ORDER: SearchCommand["purpose"][] = ["vector", "words", "fetch", "length"];

/** Both lists, cut at k, as one candidate a memory, by the key's latin1 name. */
function merge({ near, matched, verdicts }: Answer, question: IndexQuestion): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  const candidateOf = (row: Row): Candidate | null => {
    const name = row.key.toString("latin1");
    const verdict = verdicts.get(name);
    if (verdict?.kind !== "shown") return null;
    const { parsed, contentBytes, distance } = verdict;
    const { content, importance, timestamp } = row;
    const fresh = {
      parsed,
      contentBytes,
      content,
      importance,
      timestamp,
      textRank: null,
      textScore: null,
      vectorRank: null,
      share: null,
    };
    const candidate = candidates.get(name) ?? { ...fresh, distance };
    candidates.set(name, candidate);
    return candidate;
  };
  const limit = question.maxDistance ?? Number.POSITIVE_INFINITY;
  const close = near.kept.filter((row) => row.score <= limit || !Number.isFinite(limit));
  for (const [at, row] of close.slice(0, question.k).entries()) {
    const candidate = candidateOf(row);
    if (candidate) Object.assign(candidate, { vectorRank: at + 1, distance: row.score });
  }
  const distances = new Map(near.rows.map((row) => [row.key.toString("latin1"), row.score]));
  for (const [at, row] of matched.kept.slice(0, question.k).entries()) {
    const candidate = candidateOf(row);
    if (!candidate) continue;
    const told = distances.get(row.key.toString("latin1"));
    Object.assign(candidate, {
      textRank: at + 1,
      textScore: row.score,
      ...(told === undefined ? {} : { distance: told }),
    });
  }
  return candidates;
}
