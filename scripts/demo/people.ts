/** The ordinary people of the demo store: their sessions over months and their memories. Pure; nothing is written here. */
import { memoryKey, sessionKey } from "../../lib/redis/keys";
import { Random } from "./random";
import { EXCHANGES, MEMORY_TEMPLATES, PEOPLE, POOLS } from "./texts";

export interface DemoSession {
  key: Buffer;
  /** Oldest first. */
  messages: (string | Buffer)[];
  /** Seconds of life, null to keep. */
  expireSeconds: number | null;
}

export interface DemoMemory {
  key: Buffer;
  userId: Buffer;
  content: string;
  importance: number;
  /** Epoch seconds. */
  timestamp: number;
}

export const DAY = 86_400;

export function message(type: string, content: string, timestamp: number): string {
  return JSON.stringify({ type, content, timestamp });
}

/**
 * A conversation of `exchanges` question-and-answer pairs that starts at `startedAt` (epoch seconds), or earlier
 * when it would otherwise end after `now`.
 */
export function conversation(random: Random, exchanges: number, startedAt: number, now: number): string[] {
  const said: [type: string, content: string, at: number][] = [];
  let at = startedAt;
  let next = random.int(0, EXCHANGES.length - 1);
  for (let count = 0; count < exchanges; count += 1) {
    // Mostly the thread goes on; now and then the person changes the subject, or comes back hours later.
    next = random.chance(0.6) ? (next + 1) % EXCHANGES.length : random.int(0, EXCHANGES.length - 1);
    const [human, ai] = EXCHANGES[next]!;
    said.push(["human", random.fill(human, POOLS), at]);
    at += random.int(2, 9);
    said.push(["ai", random.fill(ai, POOLS), at]);
    at += random.chance(0.06) ? random.int(2 * 3600, 9 * 3600) : random.int(15, 240);
  }
  const late = Math.max(0, (said.at(-1)?.[2] ?? 0) - now);
  return said.map(([type, content, when]) => message(type, content, when - late));
}

function sessionsOf(random: Random, userId: Buffer, now: number): DemoSession[] {
  const sessions: DemoSession[] = [];
  let at = now - random.int(20, 170) * DAY;
  for (let number = 1; at < now - 600 && number <= 14; number += 1) {
    const exchanges = random.chance(0.1) ? random.int(30, 70) : random.int(2, 15);
    const messages = conversation(random, exchanges, at, now);
    const recent = now - at < 30 * DAY;
    sessions.push({
      key: sessionKey(userId, Buffer.from(`session_${String(number).padStart(3, "0")}`)),
      messages,
      expireSeconds:
        recent && random.chance(0.55) ? random.int(1, 30 * 24) * 3600 + random.int(0, 3599) : null,
    });
    at += random.int(2, 26) * DAY + random.int(0, DAY);
  }
  return sessions;
}

function memoriesOf(random: Random, userId: Buffer, now: number): DemoMemory[] {
  const memories: DemoMemory[] = [];
  for (const [category, templates] of Object.entries(MEMORY_TEMPLATES)) {
    const count = random.int(5, 12);
    const order = [...templates].sort(() => random.next() - 0.5);
    for (let number = 1; number <= count; number += 1) {
      memories.push({
        key: memoryKey(userId, Buffer.from(category), Buffer.from(String(number).padStart(3, "0"))),
        userId,
        content: random.fill(order[number % order.length]!, POOLS),
        importance: Math.min(10, 2 + random.int(0, 4) + random.int(0, 4)),
        timestamp: now - random.int(600, 160 * DAY),
      });
    }
  }
  return memories;
}

/** Everybody, the same at every call but for the dates, which count back from `now` (epoch seconds). */
export function demoPeople(now: number): { id: Buffer; sessions: DemoSession[]; memories: DemoMemory[] }[] {
  const random = new Random(20_260_101);
  return PEOPLE.map((name) => {
    const id = Buffer.from(name, "utf8");
    return { id, sessions: sessionsOf(random, id, now), memories: memoriesOf(random, id, now) };
  });
}
