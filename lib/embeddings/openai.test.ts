import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { guarded } from "./embedder";
import { openaiEmbedder } from "./openai";
import { TestEndpoint } from "./test-kit";

const endpoint = new TestEndpoint();
let path = "";

beforeAll(() => endpoint.open());
afterAll(() => endpoint.close());
beforeEach(() => {
  endpoint.forget();
  path = `/${Math.random()}/v1/embeddings`;
});

const SECRET_TEXT = "allergic to shellfish";
type Options = Partial<Parameters<typeof openaiEmbedder>[0]>;
const provider = (options: Options = {}) =>
  guarded(openaiEmbedder({ url: endpoint.url(path), model: "small", dimensions: 3, ...options }));
const once: Options = { budgets: { query: { attempts: 1 } } };
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
  endpoint.handler = (_, response, { input }) =>
    response.end(JSON.stringify({ data: vectorsFor(input).reverse() }));
  const vectors = await provider({ apiKey: "key-1" }).embed(["a", "bbb"]);
  expect(vectors.map((vector) => [...vector])).toEqual([
    [1, 1, 0],
    [3, 1, 0],
  ]);
  expect(endpoint.seen).toMatchObject([
    { authorization: "Bearer key-1", body: { model: "small", input: ["a", "bbb"] } },
  ]);
});

test("sends many texts in batches, few of them at once, and keeps the order", async () => {
  endpoint.handler = (_, response, { input }) =>
    // The first comes back last.
    void setTimeout(
      () => response.end(JSON.stringify({ data: vectorsFor(input) })),
      input[0] === "x" ? 120 : 20,
    );
  const texts = Array.from({ length: 600 }, (_, at) => "x".repeat(at + 1));
  const vectors = await provider().embed(texts);
  expect(vectors.map((vector) => vector[0])).toEqual(texts.map((text) => text.length));
  expect(endpoint.seen.map(({ body }) => body.input.length).sort()).toEqual([24, ...Array(9).fill(64)]);
  expect(endpoint.mostAtOnce).toBe(3);
});

test("batches are small enough for answers of long vectors", async () => {
  const dimensions = 3_072;
  endpoint.handler = (_, response, { input }) => {
    const data = input.map(() => ({ embedding: Array(dimensions).fill(-0.012345678901234567) }));
    response.end(JSON.stringify({ data }, null, 8));
  };
  expect(await provider({ dimensions }).embed(Array(40).fill("a fact"))).toHaveLength(40);
  expect(Math.max(...endpoint.seen.map(({ body }) => body.input.length))).toBe(10);
});

test("a query finds a place beside a batch", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  endpoint.handler = async (_, response, { input }) => {
    if (input[0] !== "query") await held;
    response.end(JSON.stringify({ data: vectorsFor(input) }));
  };
  const batch = provider().embed(Array(1_000).fill("a fact"));
  expect(await provider().embed(["query"])).toHaveLength(1);
  letGo();
  expect(await batch).toHaveLength(1_000);
});

test("follows no redirect", async () => {
  let followed = false;
  endpoint.handler = (request, response, { input }) => {
    if (request.url !== path) followed = true;
    else response.writeHead(307, { Location: "/elsewhere" });
    response.end(JSON.stringify({ data: vectorsFor(input) }));
  };
  await refused(provider().embed([SECRET_TEXT]), /answered 307: it redirects/);
  expect(followed).toBe(false);
  expect(endpoint.seen).toHaveLength(1);
});

test("waits no longer than its limits, for the answer and for its end, one time and in all", async () => {
  const budgets = { query: { attemptMs: 100, totalMs: 5_000, attempts: 2 } };
  endpoint.handler = () => {};
  await refused(provider({ budgets }).embed([SECRET_TEXT]), /did not answer within 0.1 s/);
  endpoint.handler = (_, response) => response.write('{"data":[');
  await refused(provider({ budgets }).embed([SECRET_TEXT]), /did not answer within 0.1 s/);
  expect(endpoint.seen).toHaveLength(4);
  const startedAt = Date.now();
  const inAll = { query: { attemptMs: 5_000, totalMs: 200, attempts: 9 } };
  await refused(provider({ budgets: inAll }).embed([SECRET_TEXT]), /did not answer within 0.2 s/);
  expect(Date.now() - startedAt).toBeLessThan(2_000);
});

test("stops reading an answer that is too long", async () => {
  let sent = 0;
  endpoint.handler = (_, response) => {
    const more = () => {
      while (sent < 50_000_000 && !response.destroyed) {
        sent += 100_000;
        if (!response.write(" ".repeat(100_000))) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  };
  await refused(provider().embed([SECRET_TEXT]), /more than 2 MB/);
  expect(sent).toBeLessThan(20_000_000);
});

test.each([
  ["a refusal", 401, { error: SECRET_TEXT }, /401.*EMBEDDINGS_API_KEY/],
  ["an unknown model", 404, { error: SECRET_TEXT }, /404.*EMBEDDINGS_MODEL/],
  ["a failure", 500, { error: SECRET_TEXT }, /answered 500/],
  ["too few vectors", 200, { data: [] }, /did not give 1 vector/],
  ["too many vectors", 200, { data: [{ embedding: [1, 2, 3] }, { embedding: [1, 2, 3] }] }, /did not give 1/],
  ["another dimension", 200, { data: [{ index: 0, embedding: [1, 2] }] }, /EMBEDDINGS_DIMENSIONS=2/],
  ["no numbers", 200, { data: [{ index: 0, embedding: ["1", "2", "3"] }] }, /not a vector/],
  ["null for NaN", 200, { data: [{ index: 0, embedding: [1, null, 3] }] }, /not a vector/],
  ["a NaN in letters", 200, { data: [{ index: 0, embedding: [1, "NaN", 3] }] }, /not a vector/],
  ["a bare NaN", 200, '{"data":[{"index":0,"embedding":[1,NaN,3]}]}', /JSON/],
  ["what overflows FLOAT32", 200, { data: [{ embedding: [1, 1e39, 3] }] }, /too large for FLOAT32/],
  ["what overflows everything", 200, '{"data":[{"embedding":[1,1e999,3]}]}', /not a vector/],
  ["zeros", 200, { data: [{ embedding: [0, 0, 1e-60] }] }, /zeros/],
  ["no vector", 200, { data: [{ index: 0 }] }, /not a vector/],
  ["an empty entry", 200, { data: [null] }, /not a vector/],
  ["a wrong index", 200, { data: [{ index: 7, embedding: [1, 2, 3] }] }, /numbered/],
  ["an endless index", 200, { data: [{ index: 1e12, embedding: [1, 2, 3] }] }, /numbered/],
  ["another shape", 200, [SECRET_TEXT], /did not give/],
  ["null", 200, null, /did not give/],
  ["what is not JSON", 200, `<html>${SECRET_TEXT}`, /JSON/],
  ["nothing", 200, "", /JSON/],
])("refuses %s", async (_, status, value, says) => {
  endpoint.answer(status, value);
  await refused(provider(once).embed([SECRET_TEXT]), says);
});

test("a second model's errors name its own variables", async () => {
  endpoint.answer(403, {});
  await refused(provider({ variables: "EMBEDDINGS_NEXT" }).embed(["a"]), /EMBEDDINGS_NEXT_API_KEY/);
});

test("refuses an endpoint that is not there, or that breaks off", async () => {
  const nowhere = provider({ url: "http://127.0.0.1:1/" });
  await refused(nowhere.embed([SECRET_TEXT]), /cannot be reached/);
  endpoint.handler = (_, response) => {
    response.writeHead(200, { "Content-Length": "1000" });
    response.write('{"data":[');
    setTimeout(() => response.destroy(), 20);
  };
  await refused(provider().embed([SECRET_TEXT]), /broke off in the middle/);
  // Both may be over the next moment.
  expect(endpoint.seen).toHaveLength(2);
});

test.each([[500], [502], [408]])("asks again after %s, and no second time for a query", async (status) => {
  let left = 1;
  endpoint.handler = (_, response, { input }) => {
    if (left-- > 0) response.writeHead(status);
    response.end(JSON.stringify({ data: vectorsFor(input) }));
  };
  expect(await provider().embed(["a"])).toHaveLength(1);
  left = 2;
  await refused(provider().embed(["a"]), new RegExp(`${status}`));
  expect(endpoint.seen).toHaveLength(4);
});

test("a batch outlasts a busy endpoint, backing off each time longer", async () => {
  let left = 3;
  endpoint.handler = (_, response, { input }) => {
    if (left-- > 0) response.writeHead(429);
    response.end(JSON.stringify({ data: vectorsFor(input) }));
  };
  expect(await provider().embed(["a"], "batch")).toHaveLength(1);
  const times = endpoint.seen.map(({ atMs }) => atMs);
  const pauses = times.slice(1).map((atMs, at) => atMs - times[at]!);
  for (const [at, least] of [120, 245, 495].entries()) expect(pauses[at]).toBeGreaterThanOrEqual(least);
});

test.each([
  ["in seconds", () => "1"],
  ["as a date", () => new Date(Date.now() + 2_000).toUTCString()],
])("keeps to a Retry-After %s, with everything it asks there", async (_, after) => {
  let busyUntil = 0;
  endpoint.handler = (_request, response, { input }) => {
    if (busyUntil === 0) {
      const header = after();
      // A date has no more than whole seconds.
      busyUntil = header === "1" ? Date.now() + 1_000 : Date.parse(header);
      response.writeHead(429, { "Retry-After": header });
    }
    response.end(JSON.stringify({ data: vectorsFor(input) }));
  };
  const first = provider().embed(["a"], "batch");
  while (busyUntil === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all([first, provider().embed(["b"])]);
  expect(endpoint.seen).toHaveLength(3);
  for (const { atMs } of endpoint.seen.slice(1)) expect(atMs).toBeGreaterThanOrEqual(busyUntil - 10);
});

test("a pause longer than its patience ends a query at once, and the next one without asking", async () => {
  endpoint.answer(429, {}, { "Retry-After": "60" });
  const startedAt = Date.now();
  await refused(provider().embed(["a"]), /429.*again in 6[01] s/);
  await refused(provider().embed(["b"]), /busy.*again in \d+ s/);
  expect(Date.now() - startedAt).toBeLessThan(1_500);
  expect(endpoint.seen).toHaveLength(1);
});

test("one batch that fails for good ends the others", async () => {
  endpoint.handler = (_, response, { input }) => {
    if (input[0] === "wrong") response.writeHead(400).end();
    else setTimeout(() => response.end(JSON.stringify({ data: vectorsFor(input) })), 200);
  };
  const texts = Array.from({ length: 640 }, (_, at) => (at === 64 ? "wrong" : "right"));
  await refused(provider().embed(texts), /answered 400/);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(endpoint.seen).toHaveLength(3);
});
