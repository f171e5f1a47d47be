/**
 * How well recall finds what was meant: by words, by meaning, and by both as the defaults join them.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/recall.ts
 *
 * Asks the questions of scripts/demo/recall-set through the one search, and prints recall@1, @5, @10 and the mean
 * reciprocal rank with 95 % bootstrap intervals, and how much better both lists are than either, question by question.
 * The defaults were chosen on the development half; the figures of the other half are the honest ones.
 *
 * Writes the six people of the set under ids of its own, beside whatever the store holds, and removes them at the end.
 */
import { randomBytes } from "node:crypto";
import { embedder } from "../../lib/embeddings/embedder";
import { type NamedSettings, USUAL_SETTINGS } from "../../lib/redis/evaluation/rules";
import { ask } from "../../lib/redis/evaluation/run";
import {
  CUTS,
  type Estimate,
  estimate,
  meanOf,
  pairedDifference,
  recallAt,
  reciprocalRank,
} from "../../lib/redis/evaluation/statistics";
import { outcomeOf } from "../../lib/redis/evaluation/summary";
import { vectorArgs } from "../../lib/redis/memory-vectors";
import { readIndexInfo } from "../../lib/redis/query-engine/index-info";
import { DEFAULT_SETTINGS } from "../../lib/redis/recall/rules";
import { isError } from "../../lib/redis/store/reply";
import { Store } from "../../lib/redis/store/store";
import { sealRef } from "../../lib/refs";
import { type RecallPerson, type RecallQuestion, readRecallSet } from "../demo/recall-set";

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
const INDEX = "idx:preferences";
const STARTED = 1_750_000_000;
const DAY = 86_400;

/** What was the default before this set was there. */
const EARLIER: NamedSettings = {
  name: "Both, as before",
  settings: {
    ...DEFAULT_SETTINGS,
    ...{ textWeight: 2, fusionConstant: 60, fusionDepth: 10, matchShare: false, beginningWeight: 0 },
  },
};
const PLAIN: NamedSettings = {
  name: "Both, 1 : 1",
  settings: { ...EARLIER.settings, textWeight: 1 },
};
const SETTINGS = [...USUAL_SETTINGS, PLAIN, EARLIER];

interface Answer {
  person: string;
  question: RecallQuestion;
  recall: Record<number, number>;
  rank: number;
}

const store = new Store(process.env.REDIS_URL ?? "redis://127.0.0.1:6379");
const people = readRecallSet();
const idOf = (name: string) => `bench-recall-${name}`;
const keyOf = (name: string, memory: string) => `user:${idOf(name)}:${memory}`;
try {
  for (const person of people) await write(person);
  await indexed();
  const answers: Answer[][] = [];
  const startedAt = performance.now();
  for (const { settings } of SETTINGS) answers.push(await answersWith(settings));
  const searches = answers.reduce((sum, column) => sum + column.length, 0);
  const each = (performance.now() - startedAt) / searches;
  console.log(`Recall: ${answers[0]!.length} questions about ${people.length} people with 100 memories each`);
  console.log(`${searches} searches, ${each.toFixed(1)} ms each, embedding included\n`);
  const notes = (one: Answer) => one.question.kind !== "dialogue";
  table("all", answers, () => true);
  table("development half", answers, ({ question }) => question.half === "development");
  table("held-out half", answers, ({ question }) => question.half === "held out");
  table("notes, held out", answers, (one) => notes(one) && one.question.half === "held out");
  table("what was said in conversations", answers, (one) => !notes(one));
  kinds(answers);
  for (const [other, name] of [
    [0, "words"],
    [1, "meaning"],
  ] as const) {
    judge(
      `both lists are better than ${name} alone`,
      differences(answers, 2, other, () => true),
    );
    const held = differences(answers, 2, other, ({ question }) => question.half === "held out");
    judge(`both lists are better than ${name} alone on the held-out half`, held);
  }
} finally {
  const keys = people.flatMap(({ name, memories }) => memories.map(({ memory }) => keyOf(name, memory)));
  await store.command("UNLINK", ...keys);
  store.close();
}
process.exit(process.exitCode ?? 0);

async function write({ name, memories }: RecallPerson): Promise<void> {
  const by = embedder();
  const vectors = await by.embed(memories.map(({ content }) => content));
  const replies = await store.pipeline(
    memories.map(
      ({ memory, content, importance }, at) =>
        [
          ...(["HSET", keyOf(name, memory), "user_id", idOf(name), "content", content] as const),
          ...["importance", importance, "timestamp", STARTED + at * DAY],
          ...vectorArgs({ content, vector: vectors[at]!, embedder: by }),
        ] as const,
    ),
  );
  const refused = replies.find(isError);
  if (refused) throw refused;
}

/** The store's index; the tutorial's, with the model's dimension, where there is none. */
async function indexed(): Promise<void> {
  if (!(await readIndexInfo(store, INDEX))) {
    const vector = ["TYPE", "FLOAT32", "DIM", embedder().dimensions, "DISTANCE_METRIC", "COSINE"];
    await store.command(
      ...(["FT.CREATE", INDEX, "ON", "HASH", "PREFIX", 1, "user:", "SCHEMA", "user_id", "TAG"] as const),
      ...["content", "TEXT", "importance", "NUMERIC", "timestamp", "NUMERIC"],
      ...["embedding", "VECTOR", "HNSW", vector.length, ...vector],
    );
  }
  for (let tries = 0; tries < 300; tries += 1) {
    const info = await readIndexInfo(store, INDEX);
    if (info && !info.indexing && info.percentIndexed === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the index is not finished");
}

async function answersWith(settings: NamedSettings["settings"]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { name, questions } of people) {
    const userRef = sealRef("user", Buffer.from(idOf(name)));
    for (const question of questions) {
      const expected = question.expect.map((memory) => sealRef("memory", Buffer.from(memory)));
      const { places } = await ask(store, store, { userRef, query: question.query, expected }, settings);
      const outcome = outcomeOf(places);
      const recall = Object.fromEntries(CUTS.map((cut) => [cut, recallAt(outcome, cut)]));
      answers.push({ person: name, question, recall, rank: reciprocalRank(outcome) });
    }
  }
  return answers;
}

function table(title: string, answers: readonly Answer[][], which: (one: Answer) => boolean): void {
  const count = answers[0]!.filter(which).length;
  console.log(`${title}: ${count} questions`);
  console.log(row(["", ...CUTS.map((cut) => `recall@${cut}`), "MRR"]));
  for (const [at, { name }] of SETTINGS.entries()) {
    const own = answers[at]!.filter(which);
    const cells = CUTS.map((cut) => estimate(own.map(({ recall }) => recall[cut]!)));
    console.log(row([name, ...[...cells, estimate(own.map(({ rank }) => rank))].map(words)]));
  }
  for (const other of [0, 1, 3, 4]) {
    const difference = differences(answers, 2, other, which);
    console.log(`  Both − ${SETTINGS[other]!.name}, recall@5: ${signed(difference)}`);
  }
  console.log("");
}

function kinds(answers: readonly Answer[][]): void {
  const names = [...new Set(answers[0]!.map(({ question }) => question.kind))];
  console.log("recall@5 by kind of question");
  console.log(row(["", ...SETTINGS.map(({ name }) => name)]));
  for (const kind of names) {
    const cells = answers.map((column) => {
      const own = column.filter(({ question }) => question.kind === kind);
      return meanOf(own.map(({ recall }) => recall[5]!)).toFixed(3);
    });
    const count = answers[0]!.filter(({ question }) => question.kind === kind).length;
    console.log(row([`${kind} (${count})`, ...cells]));
  }
  console.log("");
}

function differences(
  answers: readonly Answer[][],
  first: number,
  second: number,
  which: (one: Answer) => boolean,
): Estimate {
  const column = (at: number) => answers[at]!.filter(which).map(({ recall }) => recall[5]!);
  return pairedDifference(column(first), column(second));
}

function words({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(3)} [${low.toFixed(3)} ${high.toFixed(3)}]`;
}

function signed({ mean, low, high }: Estimate): string {
  const plus = (value: number) => `${value >= 0 ? "+" : ""}${value.toFixed(3)}`;
  return `${plus(mean)} [${plus(low)} ${plus(high)}]`;
}

function row(cells: string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(18) : cell.padStart(22))).join("");
}

function judge(what: string, difference: Estimate): void {
  const met = difference.low > 0;
  console.log(`${met ? "met" : "NOT MET"}: ${what}: ${signed(difference)} of recall@5`);
  if (!met) process.exitCode = 1;
}
