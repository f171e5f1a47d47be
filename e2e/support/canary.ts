/** A person made of words that stand nowhere else, in every place that an assistant, or a mistake, writes to. */
import { digestsOf, spellingsOf } from "../../lib/testing/leaks";
import type { TestConsole } from "./console";

export const PERSON = {
  id: "quokkafarn.wexelby@brimstable.test",
  partOfId: "wexelby@brim",
  message: "my aunt thessalynde has narcolembia",
  answer: "rest helps against narcolembia, says doctor murgatroyde",
  memory: "allergic to quinoazolid, lives in hollowmerestead",
  wordOfMemory: "quinoazolid",
} as const;

const { id } = PERSON;
const session = `talk-${id}-1`;
const MESSAGES = [
  `{"type": "human", "content": "${PERSON.message}", "timestamp": 1762000001}`,
  `{"type": "ai", "content": "${PERSON.answer}", "timestamp": 1762000002, "hobnail note": "snorkelwhistle"}`,
  `{"type": "snorkelwhistle person", "content": "marmadillo", "timestamp": "crumblewick o'clock"}`,
  `{"type": "human", "content": "broken crumblewick`,
];
const FIELDS = { "wagtailing note": "fernwhistleton", "hobnail note": "snorkelwhistle" };

const COMMANDS: string[][] = [
  ...MESSAGES.map((message) => ["LPUSH", `user:${id}:history:${session}`, message]),
  ["LPUSH", `user:${id}:history:plain`, MESSAGES[0]!],
  ["HSET", `user:${id}:rate_limit`, "requests_per_minute", "3", ...Object.entries(FIELDS).flat()],
  [
    ...["HSET", `user:${id}:personal:001`, "user_id", id, "content", PERSON.memory, "importance", "9"],
    ...["timestamp", "1762000003", ...Object.entries(FIELDS).flat()],
  ],
  // Whatever an assistant takes for a category, an importance or a time.
  [
    ...["HSET", `user:${id}:finchley@address:0170 55`, "user_id", id, "content", "of hollowmerestead"],
    ...["importance", "tumblewickery", "timestamp", "crumblewick"],
  ],
  // Outside of the grammar, and of another type than its name says.
  ["SET", `user:${id}:scratchpaddock/kinderlogue`, "tumblewickery"],
  ["SET", `user:${id}:history:bramblethorne of ${id}`, "tumblewickery"],
];

export async function writeCanary(console: TestConsole): Promise<void> {
  for (const command of COMMANDS) await console.redisCli(...command);
}

/** One more message, for pages that are open. */
export async function writeAgain(console: TestConsole): Promise<void> {
  await console.redisCli("LPUSH", `user:${id}:history:${session}`, MESSAGES[0]!);
}

const WORDS = [
  ...["quokkafarn", "wexelby", "brimstable", "thessalynde", "narcolembia", "murgatroyde", "quinoazolid"],
  ...["hollowmerestead", "hobnail", "snorkelwhistle", "marmadillo", "crumblewick", "wagtailing"],
  ...[
    "fernwhistleton",
    "finchley@address",
    "tumblewickery",
    "scratchpaddock",
    "kinderlogue",
    "bramblethorne",
  ],
];
const TRACES = [
  ...WORDS.flatMap(spellingsOf),
  ...[...Object.values(PERSON), session, ...MESSAGES, ...COMMANDS.flat().filter((word) => word.includes(id))]
    .concat(Object.values(FIELDS), "tumblewickery")
    .flatMap(digestsOf),
];

/** A page's flight comes in pieces of any length, each in a script of its own. */
const BETWEEN_PIECES = /"\]\)<\/script><script[^>]*>self\.__next_f\.push\(\[1,"/g;

/** What of this person stands in a text: each trace with what is around its first place. */
export function canaryIn(text: string): string[] {
  const whole = text.replace(BETWEEN_PIECES, "").toLowerCase();
  return TRACES.flatMap((trace) => {
    const at = whole.indexOf(trace);
    return at < 0 ? [] : [`${trace} in …${whole.slice(Math.max(0, at - 60), at + trace.length + 40)}…`];
  });
}
