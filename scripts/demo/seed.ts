/**
 * Fills a store with the demo: run by `npm start` with REDIS_URL in the environment. Idempotent: a finished store
 * keeps its records and gets its short-lived counters anew, one that was interrupted is written over with the same
 * records. Ends with the marker key.
 */
import { embedder } from "../../lib/embeddings/embedder";
import { toFloat32LE } from "../../lib/embeddings/vector";
import { env } from "../../lib/env";
import { consoleKeys } from "../../lib/redis/console-keys";
import { memoryKey, parseKey } from "../../lib/redis/keys";
import { isError, toInt, toMap } from "../../lib/redis/store/reply";
import { Store } from "../../lib/redis/store/store";
import type { Command } from "../../lib/redis/store/wire";
import { aliceMemories, aliceSessions } from "./alice";
import {
  brokenVectors,
  demoCounters,
  disputedKeys,
  hostileSession,
  longSession,
  twinMemories,
  twinSessions,
} from "./oddities";
import { type DemoMemory, type DemoSession, demoPeople } from "./people";
import { writeRecallQuestions } from "./recall-questions";
import { tutorialCommandsNamed } from "./tutorial";

const store = new Store(env().REDIS_URL);
const BATCH = 500;

async function write(commands: Command[]): Promise<void> {
  for (let from = 0; from < commands.length; from += BATCH) {
    const replies = await store.pipeline(commands.slice(from, from + BATCH), 30_000);
    const refused = replies.find(isError);
    if (refused) throw refused;
  }
}

function sessionCommands({ key, messages, expireSeconds }: DemoSession): Command[] {
  // UNLINK first: pushing onto what an interrupted run left would double the messages.
  const commands: Command[] = [["UNLINK", key]];
  for (let from = 0; from < messages.length; from += 200) {
    commands.push(["LPUSH", key, ...messages.slice(from, from + 200)]);
  }
  if (expireSeconds !== null) commands.push(["EXPIRE", key, expireSeconds]);
  return commands;
}

async function memoryCommands(memories: DemoMemory[]): Promise<Command[]> {
  const vectors = await embedder().embed(memories.map((memory) => memory.content));
  return memories.map(({ key, userId, content, importance, timestamp }, at) => [
    "HSET",
    key,
    "user_id",
    userId,
    "content",
    content,
    "importance",
    importance,
    "timestamp",
    timestamp,
    "embedding",
    toFloat32LE(vectors[at]!),
  ]);
}

/** The tutorial's FT.CREATE, with the model's dimension in place of its 8. */
async function createIndex(): Promise<void> {
  const { queryEngine } = await store.capabilities();
  if (!queryEngine) return;
  const words = tutorialCommandsNamed("FT.CREATE")[0]!;
  const dim = words.findIndex((word) => word.toString() === "DIM") + 1;
  const [name, ...rest] = words.map((word, at) => (at === dim ? String(embedder().dimensions) : word));
  const [reply] = await store.pipeline([[String(name), ...rest]]);
  if (isError(reply) && !/already exists/i.test(reply.message)) throw reply;
  for (let waited = 0; waited < 30_000; waited += 100) {
    const info = toMap(await store.command("FT.INFO", words[1]!));
    if (toInt(info.get("indexing")) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function seed(): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const people = demoPeople(now);
  const memories = [...aliceMemories(), ...twinMemories(now), ...people.flatMap((person) => person.memories)];
  const sessions = [
    ...aliceSessions(),
    ...twinSessions(now),
    longSession(now),
    hostileSession(now),
    ...people.flatMap((person) => person.sessions),
  ];
  await write(sessions.flatMap(sessionCommands));
  await write(await memoryCommands(memories));
  await write([...brokenVectors(embedder().dimensions), ...disputedKeys(), ...demoCounters()]);
  await createIndex();
  await writeRecallQuestions(store);
  await store.command("SET", consoleKeys.demoSeeded(), new Date().toISOString());
  const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0);
  console.log(
    `${people.length + 4} people, ${sessions.length} sessions, ${messages} messages, ${memories.length} memories`,
  );
}

/** Request counters run out within a day. People who were erased since get none: they stay gone. */
async function refreshCounters(): Promise<void> {
  const counters = demoCounters();
  const homes = counters.map(([, key]) => parseKey(key as Buffer)!.userId);
  const remembered = await store.pipeline(
    homes.map((userId) => ["EXISTS", memoryKey(userId, Buffer.from("pref"), Buffer.from("001"))] as const),
  );
  await write(counters.filter((_, at) => toInt(remembered[at]) === 1));
  console.log("already there, with new request counters");
}

const isSeeded = toInt(await store.command("EXISTS", consoleKeys.demoSeeded())) === 1;
await (isSeeded ? refreshCounters() : seed());
store.close();
process.exit(0);
