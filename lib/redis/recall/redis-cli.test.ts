/** What the lab copies, given to the real redis-cli: it answers what the console was answered. */
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { redisCliWords } from "../../../scripts/demo/redis-cli-words";
import { tutorialCommands } from "../../../scripts/demo/tutorial";
import { embedOne } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { pasteOf } from "../query-engine/paste";
import { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { createIndex, run, search, writeAlice, writeMemory } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(() => redis.flush());

/** At its prompt redis-cli reads a line; from a pipe it reads the same line, and prints replies raw. */
function atPrompt(line: string): Buffer {
  const { cli } = inject("redisEngine");
  return execFileSync(cli ?? "redis-cli", ["-p", String(redis.server().port)], { input: `${line}\n` });
}

/** Pasted into a shell; where redis-cli is, and its port, are the reader's to know. */
function inShell(text: string): Buffer {
  const { cli } = inject("redisEngine");
  const command = `redis-cli() { "${cli ?? "redis-cli"}" -p ${redis.server().port} "$@"; }`;
  // A POSIX shell has no dashes in a function's name.
  return execFileSync("/bin/sh", [
    "-c",
    `${command.replace("redis-cli()", "redis_cli()")}\n${text.replace(/^redis-cli/, "redis_cli")}`,
  ]);
}

/** As redis-cli prints a reply when its output is no terminal. */
function raw(reply: Reply): Buffer {
  const lines: Buffer[] = [];
  const print = (part: Reply): void => {
    if (Array.isArray(part)) for (const one of part) print(one);
    else lines.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part ?? "")));
  };
  print(reply);
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

async function expectSame(line: string, into: "redis-cli" | "shell") {
  const paste = pasteOf(line);
  expect(paste.into).toBe(into);
  const printed = into === "shell" ? inShell(paste.text) : atPrompt(paste.text);
  const words = redisCliWords(line) as unknown as Command;
  expect(printed.equals(raw(await store.command(...words)))).toBe(true);
  expect(printed.length).toBeGreaterThan(1);
}

test("the tutorial's three searches give what redis-cli gives for the tutorial's own lines", async () => {
  await writeAlice(store);
  await createIndex(store);
  const lines = tutorialCommands().filter(({ words }) => String(words[0]) === "FT.SEARCH");
  expect(lines).toHaveLength(3);
  const asked = [{}, { k: 3, minImportance: 8 }, { since: 1_717_935_000 }];
  for (const [at, { line }] of lines.entries()) {
    const printed = atPrompt(line).toString("latin1").split("\n");
    const keys = printed.filter((text) => text.startsWith("user:"));
    const distances = printed.flatMap((text, place) =>
      printed[place - 1] === "score" ? [Math.max(0, Number(text))] : [],
    );
    const vector = /vec (".*?")/.exec(line)![1]!;
    const result = await search(store, { vector, mode: "vector", ...asked[at] });
    expect(result.hits.map((hit) => `user:alice:${hit.category}:${hit.number}`)).toEqual(keys);
    expect(result.hits.map((hit) => hit.distance)).toEqual(distances);
    expect(keys.length).toBeGreaterThan(2);
    for (const { text } of result.commands) await expectSame(text, "redis-cli");
  }
});

test("with 512 dimensions the line is too long for the prompt, and runs from a shell", async () => {
  await writeAlice(store, true);
  await createIndex(store, { dimensions: 512 });
  const result = await search(store, { query: "meetings with “Bob” & 'Tom'\\ $p — naïve" });
  expect(result.commands.map(({ purpose }) => purpose)).toEqual(["vector", "words", "fetch", "length"]);
  const [nearest, ...others] = result.commands;
  await expectSame(nearest!.text, "shell");
  for (const { text } of others) await expectSame(text, "redis-cli");
});

test("an odd id, bytes that are no text, and a long memory read in part", async () => {
  await createIndex(store, { dimensions: 512 });
  const vector = await embedOne("harbour");
  for (const id of [Buffer.from(`a"b'c\\ $x}|@user_id:{*`), Buffer.from([0x61, 0xff, 0xfe, 0x62])]) {
    for (let at = 0; at < 25; at += 1) {
      const content = at === 0 ? `harbour ${"x".repeat(70_000)}` : `harbour ${at}`;
      await writeMemory(store, id, `pref:${at}`, content, vector);
    }
    const result = await search(store, { userId: id, query: "harbour", k: 25 });
    expect(result.hits).toHaveLength(25);
    for (const { text, purpose } of result.commands) {
      await expectSame(text, purpose === "vector" ? "shell" : "redis-cli");
    }
  }
});

test("the commands of a search without an index", async () => {
  await run(store, ["SET", "unrelated", "1"]);
  await writeAlice(store, true);
  const { commands } = await search(store, { query: "meetings" });
  expect(commands.map(({ purpose }) => purpose)).toEqual(["scan", "fetch"]);
  for (const { text } of commands) await expectSame(text, "redis-cli");
});
