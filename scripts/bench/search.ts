/**
 * How long a search takes at the server: for a person with 1,000 memories in a store of 200,000.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/search.ts
 *
 * In turns, so that a machine that does something else meanwhile slows all of them:
 * - bare: the FT.SEARCH that the operation sends for the nearest, and the one for words, straight through the client
 * - known: the whole operation (both lists, owners judged, fused), the question's vector remembered
 * - fresh: the same with a question never asked before, which the bundled model embeds
 * - door: POST /api/search of the console at CONSOLE_URL, where one is given: guard and HTTP included
 *
 * Writes memories of people of its own and removes them at the end; with BENCH_KEEP=1 they stay for the next run, which
 * finds them. Others' vectors are random unit vectors; the person's are the model's own.
 */
import { randomBytes } from "node:crypto";
import { embedder } from "../../lib/embeddings/embedder";
import { toFloat32LE } from "../../lib/embeddings/vector";
import { env } from "../../lib/env";
import { vectorArgs } from "../../lib/redis/memory-vectors";
import { activeIndex } from "../../lib/redis/query-engine/active-index";
import { readIndexInfo } from "../../lib/redis/query-engine/index-info";
import type { IndexInfo } from "../../lib/redis/query-engine/index-types";
import { filterClauses } from "../../lib/redis/query-engine/query-builder";
import { queryWords } from "../../lib/redis/query-engine/words";
import { nearestCommand, wordsCommand } from "../../lib/redis/recall/index-commands";
import { searchMemories } from "../../lib/redis/recall/operations";
import { plainQuestion } from "../../lib/redis/recall/question";
import { DEFAULT_SETTINGS } from "../../lib/redis/recall/rules";
import { isError } from "../../lib/redis/store/reply";
import { Store } from "../../lib/redis/store/store";
import type { Command } from "../../lib/redis/store/wire";
import { Random } from "../demo/random";
import { readRecallSet } from "../demo/recall-set";
import { MEMORY_TEMPLATES, POOLS } from "../demo/texts";
import { percentile } from "../lib/percentile.mjs";

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
const MEMORIES = Number(process.env.BENCH_MEMORIES ?? 200_000);
const OWN = 1_000;
const EACH = 100;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 300);
const WARM_UP = 20;
const TARGET_FRESH_MS = 40;
const TARGET_KNOWN_MS = 15;
const PERSON = Buffer.from("bench-search-person");
const BATCH = 250;
/** A document is taken out of the graph of vectors at once: more at a time would hold Redis for seconds. */
const UNLINK_BATCH = 20;
const KEEP = process.env.BENCH_KEEP === "1";
const DEADLINE_MS = 60_000;

const store = new Store(env().REDIS_URL);
const random = new Random(7);
const by = embedder();
const templates = Object.entries(MEMORY_TEMPLATES).flatMap(([category, texts]) =>
  texts.map((text) => ({ category, text })),
);
/** The templates have few words; names and places that people mention make the vocabulary of a store: 27,000 here. */
const SYLLABLES =
  "ba co den fi gar hel in jo ka lor mi nu ost pe qui ra sel tom ur va wen yar zo bri cla dro fen gri mar sta";
const syllables = SYLLABLES.split(" ");
const otherId = (person: number) => `bench-search-${person}`;
const keyOf = (id: string, category: string, at: number) => `user:${id}:${category}:${at}`;
const written: string[] = [];

try {
  const startedAt = performance.now();
  const found = (await store.command("EXISTS", keyOf(PERSON.toString(), "pref", 0))) === 1;
  if (!found) {
    await writePerson();
    await writeOthers();
  }
  const index = await complete();
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${index.documents} documents in ${index.name}, ${found ? "kept" : "written"} in ${seconds.toFixed(0)} s\n`,
  );
  await measure(index);
} finally {
  for (let at = 0; at < written.length && !KEEP; at += UNLINK_BATCH) {
    await store.pipeline([["UNLINK", ...written.slice(at, at + UNLINK_BATCH)]], DEADLINE_MS);
  }
  store.close();
}
process.exit(process.exitCode ?? 0);

/** The recall set's memories, and the demo's with a number each, so that no two are the same. */
async function writePerson(): Promise<void> {
  const known = readRecallSet().flatMap(({ memories }) => memories.map(({ content }) => content));
  const texts = Array.from({ length: OWN }, (_, at) => known[at] ?? `${fill()}, noted as ${at}`);
  const vectors = await by.embed(texts);
  const id = PERSON.toString();
  await write(texts.map((text, at) => memory(id, "pref", at, text, vectors[at]!)));
}

async function writeOthers(): Promise<void> {
  const people = Math.ceil((MEMORIES - OWN) / EACH);
  for (let person = 0; person < people; person += 1) {
    const id = otherId(person);
    await write(
      Array.from({ length: EACH }, (_, at) => {
        const { category } = templates[at % templates.length]!;
        return memory(id, category, at, fill(), direction());
      }),
    );
    if (person > 0 && person % 250 === 0) console.log(`  ${person * EACH} written`);
  }
}

function fill(): string {
  const name = [1, 2, 3].map(() => random.pick(syllables)).join("");
  return `${random.fill(random.pick(templates).text, POOLS)}, says ${name}`;
}

/** A direction that no text has. */
function direction(): Float32Array {
  const vector = Float32Array.from({ length: by.dimensions }, () => random.next() + random.next() - 1);
  const norm = Math.sqrt(vector.reduce((sum, part) => sum + part * part, 0));
  return vector.map((part) => part / norm);
}

function memory(id: string, category: string, at: number, content: string, vector: Float32Array): Command {
  const key = keyOf(id, category, at);
  written.push(key);
  return [
    ...(["HSET", key, "user_id", id, "content", content] as const),
    ...["importance", 1 + (at % 10), "timestamp", 1_700_000_000 + at],
    ...vectorArgs({ content, vector, embedder: by }),
  ];
}

async function write(commands: Command[]): Promise<void> {
  for (let at = 0; at < commands.length; at += BATCH) {
    const replies = await store.pipeline(commands.slice(at, at + BATCH), DEADLINE_MS);
    const refused = replies.find(isError);
    if (refused) throw refused;
  }
}

/** The index in use, whole; the tutorial's, with the model's dimension, where there is none. */
async function complete(): Promise<IndexInfo> {
  const active = await activeIndex(store, store);
  const name = active.index?.name ?? env().MEMORY_INDEX;
  if (!active.index) {
    const vector = ["TYPE", "FLOAT32", "DIM", by.dimensions, "DISTANCE_METRIC", "COSINE"];
    await store.command(
      ...(["FT.CREATE", name, "ON", "HASH", "PREFIX", 1, "user:", "SCHEMA", "user_id", "TAG"] as const),
      ...["content", "TEXT", "importance", "NUMERIC", "timestamp", "NUMERIC"],
      ...["embedding", "VECTOR", "HNSW", vector.length, ...vector],
    );
  }
  for (;;) {
    const info = await readIndexInfo(store, name);
    if (info && !info.indexing && info.percentIndexed === 1) return info;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function measure(index: IndexInfo): Promise<void> {
  const questions = readRecallSet().flatMap((person) => person.questions.map(({ query }) => query));
  const clauses = filterClauses(index, { userId: PERSON })!;
  const depth = DEFAULT_SETTINGS.fusionDepth;
  const times: Record<string, number[]> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    times[name] ??= [];
    times[name].push(performance.now() - startedAt);
    return result;
  };
  const door = doorOf(process.env.CONSOLE_URL, process.env.CONSOLE_COOKIE);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    if (round === 0) for (const name of Object.keys(times)) times[name] = [];
    const query = questions[(round + WARM_UP) % questions.length]!;
    const [vector] = await by.embed([query]);
    const nearest = nearestCommand(index, clauses, toFloat32LE(vector!), depth);
    const { words } = queryWords(query);
    await timed("bare nearest", () => store.command(...nearest.command));
    await timed("bare words", () =>
      store.command(...wordsCommand(index, clauses, words, depth, DEFAULT_SETTINGS.beginningWeight)),
    );
    const fresh = `${query} ${round + 1_000}`;
    const { timings } = await timed("fresh", () =>
      searchMemories(store, store, null, plainQuestion(PERSON, fresh)),
    );
    for (const [part, ms] of Object.entries(timings)) {
      times[`  of fresh: ${part}`] ??= [];
      times[`  of fresh: ${part}`]!.push(ms);
    }
    await timed("known", () => searchMemories(store, store, null, plainQuestion(PERSON, fresh)));
    if (door) await timed("door", () => door(`${query} ${round + 2_000}`));
  }
  console.log(`${ROUNDS} searches of each kind, ms`);
  console.log(row(["", "p50", "p95", "p99"]));
  for (const [name, values] of Object.entries(times).sort(([a], [b]) => a.trim().localeCompare(b.trim()))) {
    console.log(row([name, ...[0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(1))]));
  }
  judge("with the question's embedding", percentile(times.fresh!, 0.95), TARGET_FRESH_MS);
  judge("without", percentile(times.known!, 0.95), TARGET_KNOWN_MS);
}

/** A search as the page asks for it; null where no console was given. */
function doorOf(url: string | undefined, cookie: string | undefined) {
  if (!url || !cookie) return null;
  return async (query: string): Promise<void> => {
    const response = await fetch(`${url}/api/search`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: cookie, Origin: url },
      body: JSON.stringify({ userTyped: PERSON.toString(), query }),
    });
    const result = (await response.json()) as { ok: boolean };
    if (!result.ok) throw new Error(`the console refused: ${JSON.stringify(result)}`);
  };
}

function row(cells: string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(9))).join("");
}

function judge(what: string, p95: number, target: number): void {
  const met = p95 <= target;
  console.log(`${met ? "met" : "NOT MET"}: p95 ${what} ${p95.toFixed(1)} ms, target ≤ ${target}`);
  if (!met) process.exitCode = 1;
}
