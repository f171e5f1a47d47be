/**
 * What goes wrong in the field, one person for each: so that every warning of the console can be seen, and shown,
 * on the demo store. Commands, not records: most of them are things no well-behaved assistant would write.
 */
import { memoryKey, rateLimitKey, sessionKey } from "../../lib/redis/keys";
import type { Command } from "../../lib/redis/store/wire";
import { conversation, DAY, type DemoMemory, type DemoSession, message } from "./people";
import { Random } from "./random";
import { tutorialCommandsNamed } from "./tutorial";

const id = (name: string) => Buffer.from(name, "utf8");
const memory = (user: string, category: string, number: string) =>
  memoryKey(id(user), id(category), id(number));

/** Ids that a careless pattern or a case-blind index takes for `alice`. */
export function twinMemories(now: number): DemoMemory[] {
  const twins: [user: string, content: string][] = [
    ["Alice", "collects antique clocks and winds them on Sundays"],
    ["Alice", "prefers meetings in the late afternoon"],
    ["alice:admin", "administers the clinic's shared calendar"],
    ["alice:admin", "must never be shown to support without a ticket"],
    ["al", "runs a bakery in Galway"],
    ["al", "meets suppliers on Tuesday mornings"],
  ];
  return twins.map(([user, content], at) => ({
    key: memory(user, "pref", `00${(at % 2) + 1}`),
    userId: id(user),
    content,
    importance: 6 + (at % 3),
    timestamp: now - (at + 1) * DAY,
  }));
}

export function twinSessions(now: number): DemoSession[] {
  const random = new Random(7);
  return ["Alice", "alice:admin", "al"].map((user, at) => ({
    key: sessionKey(id(user), id("session_001")),
    messages: conversation(random, 3 + at, now - (at + 2) * DAY, now),
    expireSeconds: null,
  }));
}

/** One conversation of 2,000 messages, over months. */
export function longSession(now: number): DemoSession {
  const random = new Random(2_000);
  const messages: string[] = [];
  for (let part = 0; messages.length < 2_000; part += 1) {
    messages.push(...conversation(random, 20, now - 60 * DAY + part * Math.floor(1.1 * DAY), now));
  }
  return {
    key: sessionKey(id("quentin"), id("coach")),
    messages: messages.slice(0, 2_000),
    expireSeconds: null,
  };
}

/** Stored content is hostile: none of this may run, reorder the page, or break it. */
export function hostileSession(now: number): DemoSession {
  const at = now - 3 * DAY;
  return {
    key: sessionKey(id("mallory"), id("hostile")),
    messages: [
      message("human", "<script>document.title='owned'</script><img src=x onerror=alert(1)>", at),
      message(
        "ai",
        "[click me](javascript:alert(1)) <a href='javascript:alert(2)'>or me</a> <svg onload=alert(3)>",
        at + 5,
      ),
      message(
        "human",
        "invoice\u202egnp.exe and a\u200bb\u200cc\u2060d with \u0007 bell and \u001b[31mred\u001b[0m",
        at + 60,
      ),
      message("ai", '=HYPERLINK("http://example.invalid","cell")', at + 65),
      message(
        "human",
        `A very long message: ${"all work and no play makes a dull log. ".repeat(5_200)}`,
        at + 120,
      ),
      "this message is not JSON at all",
      '["JSON", "of", "another", "shape"]',
      '{"type":"human","content":"cut off in the mid',
      Buffer.from("7b2274797065223a2268756d616e222c22636f6e74656e74223a22c328a0ff227d", "hex"),
      JSON.stringify({ type: "human", content: "no timestamp here" }),
      JSON.stringify({ type: "ai", content: "a timestamp in milliseconds", timestamp: at * 1000 + 200_000 }),
      JSON.stringify({
        type: "tool",
        name: "calendar.search",
        content: { query: "dentist", results: [{ day: "Thursday", time: "08:45" }] },
        timestamp: at + 260,
      }),
      message(
        "human",
        `${"e\u0301".repeat(3)}Z\u0351\u034a\u0362\u0345\u033aalgo \u{1f469}\u200d\u{1f469}\u200d\u{1f467}`,
        at + 300,
      ),
    ],
    expireSeconds: null,
  };
}

/** Vector fields that no index takes, written over good memories. */
export function brokenVectors(dimensions: number): Command[] {
  const tutorialVector = tutorialCommandsNamed("HSET")[0]!.at(-1)!;
  const bigEndian = Buffer.alloc(dimensions * 4);
  for (let at = 0; at < dimensions; at += 1) bigEndian.writeFloatBE(Math.sin(at + 1) / 16, at * 4);
  const base = (user: string, content: string) =>
    ["user_id", user, "content", content, "importance", 5] as const;
  return [
    [
      "HSET",
      memory("bob", "pref", "901"),
      ...base("bob", "keeps a vector of the tutorial's 8 numbers"),
      "timestamp",
      1_717_935_000,
      "embedding",
      tutorialVector,
    ],
    [
      "HSET",
      memory("carla", "pref", "902"),
      ...base("carla", "was embedded by a program with the other byte order"),
      "timestamp",
      1_717_935_000,
      "embedding",
      bigEndian,
    ],
    [
      "HSET",
      memory("dmitri", "pref", "903"),
      ...base("dmitri", "was saved before there were embeddings"),
      "timestamp",
      1_717_935_000,
    ],
    [
      "HSET",
      memory("erin", "pref", "904"),
      "user_id",
      "erin",
      "content",
      "has an importance in words",
      "importance",
      "high",
      "timestamp",
      1_717_935_000_000,
    ],
  ];
}

/** Keys whose owner is in doubt. */
export function disputedKeys(): Command[] {
  return [
    [
      "HSET",
      memory("alice", "pref", "099"),
      "user_id",
      "Alice",
      "content",
      "is said to be Alice's, under alice's key",
      "importance",
      5,
      "timestamp",
      1_717_935_000,
    ],
    [
      "SET",
      Buffer.concat([rateLimitKey(id("greta")).subarray(0, -"rate_limit".length), id("notes")]),
      "a plain string under no known name",
    ],
    ["SET", rateLimitKey(id("farid")), "counters do not live in strings"],
    [
      "HSET",
      memory("mallory", "pref", "001"),
      "user_id",
      "mallory",
      "content",
      "<b>bold</b> claims \u202eesrever\u202c and {{template}} %{injection}",
      "importance",
      99,
      "timestamp",
      1_717_935_000,
      "__proto__",
      "polluted",
    ],
  ];
}

/**
 * Counters that are alive. They run out by themselves within a day, so they are written anew whenever the demo
 * starts.
 */
export function demoCounters(): Command[] {
  const counter = (user: string, field: string, seconds: number, count: number): Command => [
    "HSETEX",
    rateLimitKey(id(user)),
    "EX",
    seconds,
    "FIELDS",
    1,
    field,
    count,
  ];
  const random = new Random(60);
  const ordinary = ["alice", "bob", "carla", "hiroshi", "kavita", "rosa", "tomoko", "zoë", "42"].flatMap(
    (user) => [
      counter(user, "requests_per_minute", 60, random.int(1, 20)),
      counter(user, "requests_per_hour", random.int(600, 3_600), random.int(20, 300)),
      counter(user, "requests_per_day", random.int(20_000, 86_400), random.int(300, 2_000)),
    ],
  );
  return [
    ...ordinary,
    // Blocked for the day.
    counter("nina", "requests_per_hour", 2_700, 412),
    counter("nina", "requests_per_day", 51_000, 10_004),
    // Near the limit of the hour.
    counter("petra", "requests_per_hour", 3_100, 930),
    counter("petra", "requests_per_day", 60_000, 4_100),
    // Stuck: HINCRBY on a field that had expired re-created it without a life.
    ["HSET", rateLimitKey(id("oskar")), "requests_per_minute", 61],
    counter("oskar", "requests_per_hour", 1_900, 61),
    ["HSET", rateLimitKey(id("rosa")), "plan", "trial"],
  ];
}
