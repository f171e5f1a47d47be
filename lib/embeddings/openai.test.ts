import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { guarded } from "./embedder";
import { openaiEmbedder } from "./openai";

type Handler = (request: IncomingMessage, response: ServerResponse, body: { input: string[] }) => void;

let handler: Handler;
let url = "";
let seen: { authorization: string | undefined; body: { model?: string; input: string[] } }[] = [];

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = JSON.parse(text || "{}");
  seen.push({ authorization: request.headers.authorization, body });
  handler(request, response, body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
});

const SECRET_TEXT = "allergic to shellfish";
const provider = (options: { dimensions?: number; timeoutMs?: number; apiKey?: string } = {}) =>
  guarded(openaiEmbedder({ url, model: "small", dimensions: 3, ...options }));
const answer = (response: ServerResponse, value: unknown) => response.end(JSON.stringify(value));
const vectorsFor = (input: string[]) =>
  input.map((text, index) => ({ index, embedding: [text.length, 1, 0] }));

/** Fails with `embedding_failed`, says what is told, and never the text. */
async function refused(work: Promise<unknown>, says: RegExp) {
  const error = await work.then(
    () => null,
    (failure: unknown) => failure as { code: string; message: string; details: { hint?: string } },
  );
  expect(error?.code).toBe("embedding_failed");
  expect(`${error?.message} ${error?.details.hint}`).toMatch(says);
  expect(JSON.stringify(error)).not.toContain(SECRET_TEXT);
}

test("asks as OpenAI documents it, and puts answers in the order of the texts", async () => {
  handler = (_, response, body) => answer(response, { data: vectorsFor(body.input).reverse() });
  const vectors = await provider({ apiKey: "key-1" }).embed(["a", "bbb"]);
  expect(vectors.map((vector) => [...vector])).toEqual([
    [1, 1, 0],
    [3, 1, 0],
  ]);
  expect(seen).toEqual([{ authorization: "Bearer key-1", body: { model: "small", input: ["a", "bbb"] } }]);
});

test("sends many texts in batches", async () => {
  handler = (_, response, body) => answer(response, { data: vectorsFor(body.input) });
  const texts = Array.from({ length: 150 }, (_, at) => "x".repeat(at + 1));
  const vectors = await provider().embed(texts);
  expect(vectors.map((vector) => vector[0])).toEqual(texts.map((text) => text.length));
  expect(seen.map(({ body }) => body.input.length)).toEqual([64, 64, 22]);
});

test("follows no redirect", async () => {
  let followed = false;
  handler = (request, response, body) => {
    if (request.url !== "/v1/embeddings") followed = true;
    else response.writeHead(307, { Location: "/elsewhere" });
    answer(response, { data: vectorsFor(body.input) });
  };
  await refused(provider().embed([SECRET_TEXT]), /redirects/);
  expect(followed).toBe(false);
});

test("waits no longer than its limit, for the answer and for its end", async () => {
  handler = () => {};
  await refused(provider({ timeoutMs: 150 }).embed([SECRET_TEXT]), /did not answer within 0.15 s/);
  handler = (_, response) => response.write('{"data":[');
  await refused(provider({ timeoutMs: 150 }).embed([SECRET_TEXT]), /did not answer within 0.15 s/);
});

test("stops reading after 1 MB", async () => {
  let sent = 0;
  handler = (_, response) => {
    const more = () => {
      while (sent < 50_000_000 && !response.destroyed) {
        sent += 100_000;
        if (!response.write(" ".repeat(100_000))) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  };
  await refused(provider().embed([SECRET_TEXT]), /more than 1 MB/);
  expect(sent).toBeLessThan(20_000_000);
});

test.each([
  ["a refusal", 401, { error: SECRET_TEXT }, /401.*EMBEDDINGS_API_KEY/],
  ["a failure", 500, { error: SECRET_TEXT }, /answered 500/],
  ["too few vectors", 200, { data: [] }, /did not give 1 vector/],
  ["too many vectors", 200, { data: [{ embedding: [1, 2, 3] }, { embedding: [1, 2, 3] }] }, /did not give 1/],
  ["another dimension", 200, { data: [{ index: 0, embedding: [1, 2] }] }, /EMBEDDINGS_DIMENSIONS=2/],
  ["no numbers", 200, { data: [{ index: 0, embedding: ["1", "2", "3"] }] }, /not a vector/],
  ["no vector", 200, { data: [{ index: 0 }] }, /not a vector/],
  ["a wrong index", 200, { data: [{ index: 7, embedding: [1, 2, 3] }] }, /numbered/],
  ["an endless index", 200, { data: [{ index: 1e12, embedding: [1, 2, 3] }] }, /numbered/],
  ["another shape", 200, [SECRET_TEXT], /did not give/],
  ["null", 200, null, /did not give/],
])("refuses %s", async (_, status, value, says) => {
  handler = (_request, response) => {
    response.writeHead(status);
    answer(response, value);
  };
  await refused(provider().embed([SECRET_TEXT]), says);
});

test("refuses what is not JSON, and an endpoint that is not there", async () => {
  handler = (_, response) => response.end(`<html>${SECRET_TEXT}`);
  await refused(provider().embed([SECRET_TEXT]), /JSON/);
  const nowhere = guarded(openaiEmbedder({ url: "http://127.0.0.1:1/", model: "m", dimensions: 3 }));
  await refused(nowhere.embed([SECRET_TEXT]), /cannot be reached/);
});
