import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseEnv } from "../env";
import { perProcess } from "../per-process";
import {
  embedder,
  embedderOf,
  embeddersOf,
  embedOne,
  guarded,
  modelUnderstands,
  vectorTells,
} from "./embedder";
import { cutText, EMBEDDED_CHARS, textTroubles } from "./odd-texts";
import { cosineDistance } from "./vector";

interface RunningWorker {
  terminate(): Promise<number>;
  postMessage(message: object): void;
}
const runningWorker = () =>
  perProcess("bundled-model", (): { thread?: { worker: RunningWorker } } => ({})).thread!.worker;

const FACTS = [
  "prefers morning appointments before 10 AM",
  "likes detailed explanations with examples",
  "works remotely on Fridays",
  "allergic to shellfish and nuts",
  "has a golden retriever named Max, 3 years old",
  "married to Bob, two kids Sarah (8) and Tom (5)",
];

describe("the bundled model", () => {
  test("finds the morning appointments for “meetings”", async () => {
    const [query, ...facts] = await embedder().embed(["meetings", ...FACTS]);
    const distances = facts.map((fact) => cosineDistance(query!, fact));
    expect(distances.indexOf(Math.min(...distances))).toBe(0);
    expect(query).toHaveLength(512);
  });

  test("keeps the order over several chunks, and a vector does not depend on its neighbours", async () => {
    const texts = Array.from({ length: 70 }, (_, at) => `fact number ${at} ${FACTS[at % 6]}`);
    const together = await embedder().embed(texts);
    expect(together).toHaveLength(70);
    for (const at of [0, 31, 32, 69]) {
      expect(cosineDistance(together[at]!, await embedOne(texts[at]!))).toBeCloseTo(0, 4);
    }
  });

  test("texts of all lengths keep their places, and a query waits for no batch", async () => {
    const texts = Array.from({ length: 80 }, (_, at) => `fact ${at} ${"about tea ".repeat((at * 7) % 20)}`);
    let batchDone = false;
    const batch = embedder()
      .embed(texts)
      .then((vectors) => {
        batchDone = true;
        return vectors;
      });
    const [first, second] = await Promise.all([embedder().embed(["meetings"]), embedder().embed(["a dog"])]);
    expect(batchDone).toBe(false);
    expect(cosineDistance(first![0]!, second![0]!)).toBeGreaterThan(0.1);
    const vectors = await batch;
    for (const at of [0, 8, 17, 79]) {
      expect(cosineDistance(vectors[at]!, await embedOne(texts[at]!))).toBeCloseTo(0, 4);
    }
  });

  test("refuses what would shift or crash the model, and goes on", async () => {
    expect(await embedder().embed([])).toEqual([]);
    for (const texts of [[""], ["a fact", ""], ["a fact", " \n"], [`${" ".repeat(EMBEDDED_CHARS)}late`]]) {
      await expect(embedder().embed(texts)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(await embedder().embed(["a fact"])).toHaveLength(1);
  });

  test("half a character is a character nobody knows, and stops nothing", async () => {
    const texts = ["\ud83d", "\ude00", "a\ud83d", "\ud83d\ud83d b"];
    expect(texts.map(cutText)).toEqual(["\ufffd", "\ufffd", "a\ufffd", "\ufffd\ufffd b"]);
    const meanwhile = embedder().embed(["somebody else's text"]);
    expect(await embedder().embed(texts)).toHaveLength(4);
    expect(await meanwhile).toHaveLength(1);
  });

  test("marks, controls and the tokeniser's own signs are texts like others", async () => {
    const odd = ["\u0000", "\u200b", "\u2581", "\u0301", "\u202e", "\ufe0f", "<s>", "<unk>", "__proto__"];
    const vectors = await embedder().embed(odd);
    for (const [at, vector] of vectors.entries()) {
      expect(cosineDistance(vector, await embedOne(odd[at]!))).toBeCloseTo(0, 4);
    }
  });

  test("a text of 200,000 characters is cut, not endured", async () => {
    const startedAt = performance.now();
    const [long] = await embedder().embed(["word ".repeat(40_000)]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const [cut] = await embedder().embed(["word ".repeat(EMBEDDED_CHARS / 5)]);
    expect(cosineDistance(long!, cut!)).toBeCloseTo(0, 4);
    expect(cutText(`${"a".repeat(EMBEDDED_CHARS - 1)}😀`)).toBe("a".repeat(EMBEDDED_CHARS - 1));
  });

  test("a thread that ended is replaced", async () => {
    await embedder().embed(["before"]);
    const broken = embedder().embed(["meanwhile"]);
    const refused = expect(broken).rejects.toMatchObject({ code: "embedding_failed" });
    await runningWorker().terminate();
    await refused;
    expect(await embedder().embed(["after"])).toHaveLength(1);
  });
});

test.runIf(process.platform === "linux")(
  "where cores are scarce, the thread stands back for the pages",
  async () => {
    await embedder().embed(["a fact"]);
    const niceness = readdirSync("/proc/self/task").map((thread) => {
      const line = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
      // proc(5): the 19th value, the 17th after the name in parentheses.
      return line.slice(line.lastIndexOf(")") + 2).split(" ")[16];
    });
    expect(niceness).toContain(`${Math.min(19, Number(niceness[0]) + 2)}`);
  },
);

test("a thread that fails is replaced, and the text embedded all the same", async () => {
  await embedder().embed(["before"]);
  const worker = runningWorker();
  const post = worker.postMessage.bind(worker);
  // What is no list of texts makes the model throw, as a half loaded one does.
  worker.postMessage = (message) => post({ ...message, texts: 5 });
  expect(await embedder().embed(["after"])).toHaveLength(1);
  expect(runningWorker()).not.toBe(worker);
});

test("an answer with a row too few or too short is refused", async () => {
  const short = { provider: "bundled" as const, model: "m", dimensions: 2 };
  const fewer = guarded({ ...short, embed: async () => [Float32Array.of(1, 0)] });
  await expect(fewer.embed(["a", "b"])).rejects.toMatchObject({ code: "embedding_failed" });
  const nan = guarded({ ...short, embed: async () => [Float32Array.of(1, Number.NaN)] });
  await expect(nan.embed(["a"])).rejects.toMatchObject({ code: "embedding_failed" });
});

test("a query is embedded once", async () => {
  let calls = 0;
  const counting = guarded({
    provider: "openai",
    model: "counting",
    dimensions: 1,
    embed: async (texts) => texts.map(() => Float32Array.of(++calls)),
  });
  await embedOne("same", counting);
  await embedOne("same", counting);
  await embedOne("other", counting);
  expect(calls).toBe(2);
});

test.each([
  ["", ["blank"]],
  [" \n", ["blank"]],
  [`${" ".repeat(EMBEDDED_CHARS)}late`, ["blank"]],
  ["a fact", []],
  ["a ".repeat(1_001), ["cut"]],
  ["a\ud83d", ["half-characters"]],
  ["我喜欢早上开会", ["other-script"]],
] as const)("what %j loses is said before it is embedded", (text, troubles) => {
  expect(textTroubles(text, "bundled")).toEqual(troubles);
  expect(textTroubles(text, "openai")).toEqual(troubles.filter((trouble) => trouble !== "other-script"));
});

test.each([
  ["meetings", true],
  ["préfère les réunions du matin", true],
  ["meets 山田 every Monday", true],
  ["1234", true],
  ["我喜欢早上开会", false],
  ["אני אוהב פגישות", false],
  ["Я люблю утренние встречи", false],
  ["🐶🐶", false],
  ["!!", false],
])("the bundled model understands %s: %s", (text, understood) => {
  expect(modelUnderstands(text)).toBe(understood);
});

test.each([
  ["Я люблю чай", "universal-sentence-encoder-lite", 512, false],
  ["I love tea", "universal-sentence-encoder-lite", 512, true],
  ["Я люблю чай", null, 512, false],
  ["Я люблю чай", null, 1_536, true],
  ["Я люблю чай", "multilingual-e5-small", 512, true],
])("the vector of %j by %s, %i numbers, tells it from others: %s", (text, model, dimensions, tells) => {
  expect(vectorTells(text, model, dimensions)).toBe(tells);
});

test("the configured models: one, or a second with a field of its own", () => {
  const CONSOLE_SECRET = "0123456789abcdef0123456789abcdef";
  expect(embeddersOf(parseEnv({ CONSOLE_SECRET }))).toMatchObject([
    { place: "primary", field: "embedding", model: "universal-sentence-encoder-lite", dimensions: 512 },
  ]);
  const two = embeddersOf(
    parseEnv({
      CONSOLE_SECRET,
      EMBEDDINGS_NEXT_PROVIDER: "openai",
      EMBEDDINGS_NEXT_URL: "https://models.example/v1/embeddings",
      EMBEDDINGS_NEXT_MODEL: "large",
      EMBEDDINGS_NEXT_DIMENSIONS: "1024",
      EMBEDDINGS_NEXT_FIELD: "embedding_large",
    }),
  );
  expect(two[1]).toMatchObject({ place: "next", field: "embedding_large", model: "large", dimensions: 1024 });
  expect(embedderOf("universal-sentence-encoder-lite")).toBe(embedder());
  expect(embedderOf("large")).toBeNull();
});
