/**
 * A simulated assistant that keeps talking with a few demo people, so that live pages move. It does what an
 * assistant does: count the request, and if it is allowed, append both messages; now and then it keeps a memory.
 *
 *   --minutes N   ends by itself after N minutes (default 10, at most 120)
 *
 * Ctrl-C ends it. It only ever adds to the people listed here; sessions stay at their newest 60 messages.
 */
import { embedder } from "../../lib/embeddings/embedder";
import { toFloat32LE } from "../../lib/embeddings/vector";
import { env } from "../../lib/env";
import { memoryKey, sessionKey } from "../../lib/redis/keys";
import { hitRateLimit } from "../../lib/redis/limiter/hit";
import { Store } from "../../lib/redis/store/store";
import { message } from "./people";
import { Random } from "./random";
import { EXCHANGES, MEMORY_TEMPLATES, POOLS } from "./texts";

const TALKERS = ["bob", "carla", "hiroshi", "rosa", "zoë"];
const KEPT_MESSAGES = 60;
const SESSION_SECONDS = 86_400;

const store = new Store(env().REDIS_URL);
const consoleStore = new Store(env().CONSOLE_REDIS_URL);
const random = new Random(Date.now());
const minutes = Math.min(Number(process.argv[process.argv.indexOf("--minutes") + 1]) || 10, 120);
const endsAt = Date.now() + minutes * 60_000;
const counts = { requests: 0, denied: 0, messages: 0, memories: 0 };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = () => Math.floor(Date.now() / 1000);

async function say(userId: Buffer, type: "human" | "ai", content: string): Promise<void> {
  const key = sessionKey(userId, Buffer.from(`live-${new Date().toISOString().slice(0, 10)}`));
  await store.transaction([
    ["LPUSH", key, message(type, content, seconds())],
    ["LTRIM", key, 0, KEPT_MESSAGES - 1],
    ["EXPIRE", key, SESSION_SECONDS],
  ]);
  counts.messages += 1;
}

async function keepMemory(userId: Buffer): Promise<void> {
  const category = random.pick(Object.keys(MEMORY_TEMPLATES));
  const content = random.fill(random.pick(MEMORY_TEMPLATES[category]!), POOLS);
  const [vector] = await embedder().embed([content]);
  // One of fifty places, so that a long run writes over its own memories instead of growing for ever.
  const key = memoryKey(userId, Buffer.from(category), Buffer.from(`live-${random.int(1, 50)}`));
  const stored = { user_id: userId, content, importance: random.int(3, 9), timestamp: seconds() };
  await store.command("HSET", key, ...Object.entries(stored).flat(), "embedding", toFloat32LE(vector!));
  counts.memories += 1;
}

async function talk(): Promise<void> {
  const userId = Buffer.from(random.pick(TALKERS));
  counts.requests += 1;
  const hit = await hitRateLimit(store, consoleStore, { userId });
  if (!hit.allowed) {
    counts.denied += 1;
    return;
  }
  const [human, ai] = random.pick(EXCHANGES);
  await say(userId, "human", random.fill(human, POOLS));
  await pause(random.int(300, 1_500));
  await say(userId, "ai", random.fill(ai, POOLS));
  if (random.chance(0.15)) await keepMemory(userId);
}

let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (stopped = true));

console.log(`Talking as ${TALKERS.join(", ")} for ${minutes} min. Ctrl-C ends it.`);
while (!stopped && Date.now() < endsAt) {
  try {
    await talk();
  } catch (error) {
    console.log(`  ${error instanceof Error ? error.message : "failed"}; trying again in 2 s`);
    await pause(2_000);
  }
  await pause(random.int(200, 1_200));
}
console.log(
  `${counts.requests} requests, ${counts.denied} denied, ${counts.messages} messages, ${counts.memories} memories`,
);
process.exit(0);
