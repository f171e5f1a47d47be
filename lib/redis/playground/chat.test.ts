import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TestEndpoint } from "../../embeddings/test-kit";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { askChat, type ChatOptions, echo } from "./chat";
import { replyTo } from "./reply";
import { begin, SETTINGS, say, stepOf } from "./test-kit";
import type { PromptMessage } from "./types";

const redis = testRedis({ queryEngine: false });
const endpoint = new TestEndpoint();
let store: Store;
let path = "";

beforeAll(async () => {
  await endpoint.open();
  store = new Store(redis.url());
});
afterAll(() => {
  endpoint.close();
  store.close();
});
beforeEach(async () => {
  endpoint.forget();
  path = `/${Math.random()}/v1/chat/completions`;
  await redis.flush();
});

const SECRET = "my sister has diabetes";
const PROMPT: PromptMessage[] = [
  { role: "system", content: "Answer." },
  { role: "user", content: SECRET },
];
const chat = (budget: ChatOptions["budget"] = {}): ChatOptions => ({
  ...{ url: endpoint.url(path), model: "small", apiKey: "key-1" },
  budget,
});
const saying = (content: unknown) => ({ choices: [{ message: { role: "assistant", content } }] });

test("asks as OpenAI documents it", async () => {
  endpoint.answer(200, saying("Noted."));
  expect(await askChat(chat(), PROMPT)).toBe("Noted.");
  expect(endpoint.seen).toMatchObject([
    { authorization: "Bearer key-1", body: { model: "small", messages: PROMPT, stream: false } },
  ]);
});

test.each([
  ["a refusal", 401, {}, /401.*CHAT_API_KEY/],
  ["an unknown model", 404, {}, /404.*CHAT_MODEL/],
  ["a failure", 500, { error: SECRET }, /answered 500/],
  ["no choices", 200, { choices: [] }, /gave no text/],
  ["another shape", 200, { error: SECRET }, /gave no text/],
  ["a list", 200, [], /gave no text/],
  ["null", 200, null, /gave no text/],
  ["no text", 200, saying(null), /gave no text/],
  ["a blank", 200, saying(" \n"), /gave no text/],
  ["parts", 200, saying([{ type: "text", text: SECRET }]), /gave no text/],
  ["what is not JSON", 200, `data: ${SECRET}`, /JSON/],
  ["too much", 200, `"${"x".repeat(1_100_000)}"`, /more than 1 MB/],
])("refuses %s, and says nothing of what was said", async (_, status, value, says) => {
  endpoint.answer(status, value);
  const error = await askChat(chat({ attempts: 1 }), PROMPT).then(
    () => null,
    (failure: { code: string; message: string; details: { hint?: string } }) => failure,
  );
  expect(error?.code).toBe("chat_failed");
  expect(`${error?.message} ${error?.details.hint}`).toMatch(says);
  expect(JSON.stringify(error)).not.toContain(SECRET);
});

test("follows no redirect, and gives up in time on one that is slow, gone, or cut off", async () => {
  endpoint.answer(302, "", { Location: "/elsewhere" });
  await expect(askChat(chat(), PROMPT)).rejects.toThrow(/redirects/);
  endpoint.handler = () => {};
  const startedAt = Date.now();
  const soon = { attemptMs: 100, totalMs: 100 };
  await expect(askChat(chat(soon), PROMPT)).rejects.toThrow(/did not answer within 0.1 s/);
  expect(Date.now() - startedAt).toBeLessThan(1_500);
  await expect(askChat({ url: "http://127.0.0.1:1/", model: "m" }, PROMPT)).rejects.toThrow(
    /cannot be reached/,
  );
  endpoint.handler = (_, response) => {
    response.writeHead(200, { "Content-Length": "1000" });
    response.write('{"choices":[');
    setTimeout(() => response.destroy(), 20);
  };
  await expect(askChat(chat(), PROMPT)).rejects.toThrow(/broke off/);
});

test("a busy endpoint is asked again when it said so", async () => {
  let left = 1;
  endpoint.handler = (_, response) => {
    if (left-- > 0) response.writeHead(429, { "Retry-After": "1" }).end();
    else response.end(JSON.stringify(saying("Here.")));
  };
  expect(await askChat(chat(), PROMPT)).toBe("Here.");
  const [first, second] = endpoint.seen;
  expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(990);
});

test("a very long answer is cut, never in the middle of a character", async () => {
  endpoint.answer(200, saying(`${"a".repeat(19_999)}😀`));
  expect(await askChat(chat(), PROMPT)).toBe("a".repeat(19_999));
});

test("the echo says that it is one", () => {
  expect(echo(PROMPT)).toBe(
    `(An echo: no chat endpoint is configured.) You said “${SECRET}”, and I was given 2 messages.`,
  );
});

test("an answer is appended; one that failed is not, and may be asked for again", async () => {
  const { userId } = await begin(store);
  const turn = await say(store, userId, SECRET);
  const { prompt } = stepOf(turn, "prompt");
  endpoint.answer(500, {});
  const ask = () => replyTo(store, store, chat({ attempts: 1 }), { userId, settings: SETTINGS });
  const failed = await ask();
  expect(failed).toMatchObject({ outcome: "failed", text: null });
  expect(stepOf(failed, "reply")).toMatchObject({
    ...{ by: "chat", model: "small", text: null },
    failure: { message: "The chat endpoint answered 500." },
  });
  endpoint.answer(200, saying("How is she?"));
  const replied = await ask();
  expect(replied).toMatchObject({ outcome: "replied", text: "How is she?" });
  expect(stepOf(replied, "append")).toMatchObject({ type: "ai", length: 2 });
  expect(endpoint.seen.at(-1)!.body.messages).toEqual(prompt);
});
