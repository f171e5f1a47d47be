/**
 * Do pages stay quick while a thousand memories are embedded?
 *
 *     npm run bench -- embeddings
 *
 * Against a console of the production build, in its own process, as people use it: the doctor's work “fill” embeds 1,000
 * memories that have no vector, by the bundled model, while pages and searches are asked for one after the other.
 * Measured is the whole request over HTTP; beside it the same requests before the work began.
 *
 * Writes for a person of its own, whose keys it removes at the end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { sealRef } from "../../lib/refs";
import { builtActions } from "../lib/built-actions.mjs";
import { percentile } from "../lib/percentile.mjs";

const TARGET_P95_MS = 100;
const MEMORIES = 1_000;
const ROUNDS_BEFORE = 60;
const INDEX = process.env.MEMORY_INDEX || "idx:preferences";
const PERSON = "bench-embeddings";
const GIVE_UP_MS = 300_000;

const { CONSOLE_URL: site = "", CONSOLE_COOKIE: cookie = "" } = process.env;
const ref = sealRef("user", Buffer.from(PERSON));
const keys = Array.from({ length: MEMORIES }, (_, at) => `user:${PERSON}:pref:${at + 1}`);
const redis = createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" }).on("error", () => {});
await redis.connect();

/** From a few words to a few sentences, as notes about people are. */
const THINGS = [
  "oat milk",
  "long walks",
  "early meetings",
  "quiet music",
  "spreadsheets",
  "old maps",
  "chess",
];
const contentOf = (at: number) =>
  Array.from({ length: 1 + (at % 5) }, (_, of) => {
    const thing = THINGS[(at * 3 + of) % THINGS.length];
    return `prefers ${thing} over ${THINGS[(at + of) % THINGS.length]} since visit ${at}`;
  }).join(", and ");

async function timed(path: string, init: RequestInit = {}): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${site}${path}`, {
    ...init,
    headers: { Cookie: cookie, Origin: new URL(site).origin, ...init.headers },
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the console answered ${answer.status} to ${path}`);
  return performance.now() - startedAt;
}

const json = { "Content-Type": "application/json" };
let asked = 0;
const REQUESTS = {
  "memories page": () => timed(`/users/${ref}/memories`),
  "person's page": () => timed(`/users/${ref}`),
  "limits, read": () => timed(`/api/users/${ref}/rate-limits`),
  // Each text a new one, so that each is embedded: it waits for a chunk of the batch at most.
  search: () => {
    asked += 1;
    const body = JSON.stringify({ user: ref, query: `what does this person think of visit ${asked}?` });
    return timed("/api/search", { method: "POST", headers: json, body });
  },
};
type Name = keyof typeof REQUESTS;
const names = Object.keys(REQUESTS) as Name[];
const noTimes = () =>
  Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;

async function round(times: Record<Name, number[]>): Promise<void> {
  for (const name of names) times[name].push(await REQUESTS[name]());
  await sleep(10);
}

async function embedded(): Promise<number> {
  const lengths = await Promise.all(keys.map((key) => redis.hStrLen(key, "embedding")));
  return lengths.filter((length) => Number(length) > 0).length;
}

async function begin(): Promise<void> {
  const id = (await builtActions()).get("fillFieldAction");
  if (!id) throw new Error("the build has no fillFieldAction");
  const headers = { "Next-Action": id, "Content-Type": "text/plain;charset=UTF-8" };
  await timed("/indexes", { method: "POST", headers, body: JSON.stringify([{ index: INDEX }]) });
}

try {
  for (const [at, key] of keys.entries()) {
    const fields = {
      user_id: PERSON,
      content: contentOf(at),
      importance: 1 + (at % 10),
      timestamp: 1_717_935_000,
    };
    await redis.hSet(key, fields);
  }
  const before = noTimes();
  for (let at = 0; at < 5; at += 1) await round(noTimes());
  for (let at = 0; at < ROUNDS_BEFORE; at += 1) await round(before);

  const during = noTimes();
  const startedAt = Date.now();
  await begin();
  let done = await embedded();
  while (done < MEMORIES && Date.now() - startedAt < GIVE_UP_MS) {
    await round(during);
    done = await embedded();
  }
  const seconds = (Date.now() - startedAt) / 1_000;

  console.log(
    `${done} memories embedded in ${seconds.toFixed(1)} s, ${(done / seconds).toFixed(0)} a second`,
  );
  console.log(row(["", "p50 before", "p95 before", "p50 during", "p95 during", "asked"]));
  for (const name of names) {
    const figures = [before, during].flatMap((times) => [0.5, 0.95].map((of) => percentile(times[name], of)));
    console.log(row([name, ...figures.map((ms) => `${ms.toFixed(1)} ms`), `${during[name].length}`]));
  }
  judge(`all ${MEMORIES} were embedded`, done === MEMORIES);
  for (const name of names.filter((one) => one !== "search")) {
    const p95 = percentile(during[name], 0.95);
    judge(`${name}: p95 ${p95.toFixed(1)} ms during it, target ≤ ${TARGET_P95_MS} ms`, p95 <= TARGET_P95_MS);
  }
} finally {
  for (const key of keys) await redis.unlink(key);
  redis.destroy();
}

function row(cells: string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(13))).join("");
}

function judge(words: string, met: boolean): void {
  console.log(`${met ? "met" : "NOT MET"}: ${words}`);
  if (!met) process.exitCode = 1;
}
