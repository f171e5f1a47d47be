import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEnv } from "./env";

const CONSOLE_SECRET = "0123456789abcdef0123456789abcdef";
const starting = (values: Record<string, string | undefined>) => () =>
  parseEnv({ CONSOLE_SECRET, ...values });

test("without any setting but the secret, the defaults hold", () => {
  expect(parseEnv({ CONSOLE_SECRET })).toMatchObject({
    REDIS_URL: "redis://127.0.0.1:6379",
    CONSOLE_REDIS_URL: "redis://127.0.0.1:6379",
    USER_KEY_PREFIX: "user:",
    USER_KEY_HASHTAG: false,
    MEMORY_INDEX: "idx:preferences",
    EMBEDDINGS_PROVIDER: "bundled",
    PORT: 3000,
    HOST: "127.0.0.1",
    CONSOLE_DEMO: false,
  });
});

test("an empty variable is not set", () => {
  const all = [
    "REDIS_URL",
    "CONSOLE_REDIS_URL",
    "USER_KEY_PREFIX",
    "USER_KEY_HASHTAG",
    "MEMORY_INDEX",
    "EMBEDDINGS_PROVIDER",
    "EMBEDDINGS_URL",
    "EMBEDDINGS_DIMENSIONS",
    "PORT",
    "HOST",
    "PUBLIC_URL",
    "CONSOLE_DEMO",
  ];
  const empty = Object.fromEntries(all.map((name) => [name, ""]));
  expect(parseEnv({ CONSOLE_SECRET, ...empty })).toEqual(parseEnv({ CONSOLE_SECRET }));
});

test("the console's own state follows the assistant's store unless it has a place of its own", () => {
  const REDIS_URL = "rediss://store.example:6380";
  expect(parseEnv({ CONSOLE_SECRET, REDIS_URL }).CONSOLE_REDIS_URL).toBe(REDIS_URL);
  const own = parseEnv({ CONSOLE_SECRET, REDIS_URL, CONSOLE_REDIS_URL: "redis://own.example:1" });
  expect(own.CONSOLE_REDIS_URL).toBe("redis://own.example:1");
});

test("the store may be what sentinels watch, or a cluster; the console's own state is never on a cluster", () => {
  const sentinel = "rediss+sentinel://me:p%40ss@a.example:26379,[::1]:26380/mymaster/2";
  expect(parseEnv({ CONSOLE_SECRET, REDIS_URL: sentinel }).CONSOLE_REDIS_URL).toBe(sentinel);
  const cluster = "redis+cluster://10.0.0.1:7000,10.0.0.2:7001";
  expect(starting({ REDIS_URL: cluster })).toThrow(/CONSOLE_REDIS_URL is demanded .* for example redis:/);
  const own = { REDIS_URL: cluster, CONSOLE_REDIS_URL: "redis://own.example:1" };
  expect(parseEnv({ CONSOLE_SECRET, ...own })).toMatchObject(own);
  expect(starting({ CONSOLE_REDIS_URL: cluster })).toThrow(/CONSOLE_REDIS_URL must .* never a cluster/);
});

describe.each([
  ["REDIS_URL", ["localhost:6379", "http://a", "redis://", "redis://a b", "REDIS://a", "unix:/tmp/x"]],
  ["REDIS_URL", ["redis+sentinel://a:1", "redis+sentinel:///name", "redis+sentinel://a:1,:2/name"]],
  ["REDIS_URL", ["redis+cluster://", "redis+cluster://a:1/name", "redis+cluster://a:x", "redis+other://a:1"]],
  ["CONSOLE_REDIS_URL", ["127.0.0.1", "redis:/x"]],
  ["USER_KEY_PREFIX", ["x".repeat(257)]],
  ["USER_KEY_HASHTAG", ["yes", "2", "TRUE", " "]],
  ["MEMORY_INDEX", ["idx memories", "idx\nx", "îdx"]],
  ["EMBEDDINGS_PROVIDER", ["OpenAI", "none"]],
  ["EMBEDDINGS_URL", ["localhost:11434", "ftp://a/b", "javascript:alert(1)", "file:///etc/passwd"]],
  ["EMBEDDINGS_DIMENSIONS", ["0", "32769", "1.5", "-8", "1e3", "8 ", "0x10", "9007199254740993"]],
  ["EMBEDDINGS_NEXT_PROVIDER", ["OpenAI"]],
  ["EMBEDDINGS_NEXT_FIELD", ["embedding", "embedding_model", "content", "a b", "1st", "x".repeat(64), "a-b"]],
  ["CHAT_URL", ["localhost:11434", "file:///etc/passwd"]],
  ["PORT", ["65536", "-1", "1e309", "3000.0", "three", "99999999999", "-0", "+1", "٣"]],
  [
    "RATE_LIMIT_WINDOWS",
    [
      "requests_per_week",
      "requests_per_week:604800",
      "a:b:60:5",
      "f:0:5",
      "f:60:0",
      "f:60:5,",
      "f:60:5,f:70:6",
      "requests_per_week:60:5,week:70:6",
      "minute:60:5",
      "f:60:1000000001",
      "f:31622401:5",
    ],
  ],
  ["PUBLIC_URL", ["memory.example.org", "ws://a", "//a", "data:text/html,x"]],
  ["CONSOLE_SECRET", ["short", "x".repeat(31)]],
  ["CONSOLE_DEMO", ["on", "y"]],
] as const)("%s", (name, wrong) => {
  test.each(wrong)("%j stops the start with the name, the rule and an example", (value) => {
    const stop = starting({ [name]: value });
    expect(stop).toThrow(new RegExp(`^  ${name} \\S`, "m"));
    expect(stop).toThrow(/for example/);
  });
});

test("more windows of requests, field by field", () => {
  const text = "requests_per_week:604800:5000, requests_per_hour:3600:9";
  expect(parseEnv({ CONSOLE_SECRET, RATE_LIMIT_WINDOWS: text }).RATE_LIMIT_WINDOWS).toEqual([
    { field: "requests_per_week", seconds: 604_800, limit: 5_000 },
    { field: "requests_per_hour", seconds: 3_600, limit: 9 },
  ]);
  expect(parseEnv({ CONSOLE_SECRET }).RATE_LIMIT_WINDOWS).toEqual([]);
});

test("a missing secret is demanded by name", () => {
  expect(() => parseEnv({})).toThrow(/CONSOLE_SECRET is missing/);
});

test("an OpenAI-compatible endpoint needs its address, model and dimensions", () => {
  const stop = starting({ EMBEDDINGS_PROVIDER: "openai" });
  for (const name of ["EMBEDDINGS_URL", "EMBEDDINGS_MODEL", "EMBEDDINGS_DIMENSIONS"]) {
    expect(stop).toThrow(new RegExp(`^  ${name} .*EMBEDDINGS_PROVIDER=openai`, "m"));
  }
  const whole = parseEnv({
    CONSOLE_SECRET,
    EMBEDDINGS_PROVIDER: "openai",
    EMBEDDINGS_URL: "http://127.0.0.1:11434/v1/embeddings",
    EMBEDDINGS_MODEL: " nomic-embed-text ",
    EMBEDDINGS_DIMENSIONS: "768",
  });
  expect(whole).toMatchObject({ EMBEDDINGS_MODEL: "nomic-embed-text", EMBEDDINGS_DIMENSIONS: 768 });
});

test("a second model is whole, and another one than the first", () => {
  expect(starting({ EMBEDDINGS_NEXT_PROVIDER: "openai" })).toThrow(/^ {2}EMBEDDINGS_NEXT_URL is demanded/m);
  expect(starting({ EMBEDDINGS_NEXT_MODEL: "large" })).toThrow(/^ {2}EMBEDDINGS_NEXT_PROVIDER is demanded/m);
  expect(starting({ EMBEDDINGS_NEXT_PROVIDER: "bundled" })).toThrow(/EMBEDDINGS_NEXT_MODEL must be another/);
  const next = {
    EMBEDDINGS_NEXT_PROVIDER: "openai",
    EMBEDDINGS_NEXT_URL: "https://models.example/v1/embeddings",
    EMBEDDINGS_NEXT_MODEL: "large",
    EMBEDDINGS_NEXT_DIMENSIONS: "1024",
  };
  const whole = { ...next, EMBEDDINGS_NEXT_DIMENSIONS: 1024, EMBEDDINGS_NEXT_FIELD: "embedding_next" };
  expect(parseEnv({ CONSOLE_SECRET, ...next })).toMatchObject(whole);
});

test("a chat endpoint has an address and a model", () => {
  expect(starting({ CHAT_MODEL: "small" })).toThrow(/^ {2}CHAT_URL is demanded/m);
  expect(starting({ CHAT_URL: "http://127.0.0.1:1/v1/chat/completions" })).toThrow(/CHAT_MODEL is demanded/);
});

test("every wrong variable has its own line, and no value is shown", () => {
  const stop = starting({ REDIS_URL: "hunter2-password", PORT: "hunter3", CONSOLE_SECRET: "hunter4" });
  expect(stop).toThrow(/REDIS_URL[\s\S]*PORT[\s\S]*CONSOLE_SECRET/);
  expect(stop).not.toThrow(/hunter/);
});

test("whatever a port is set to, it is a whole number in range or a refusal", () => {
  const looksLikePort = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
  fc.assert(
    fc.property(looksLikePort, (PORT) => {
      try {
        const { PORT: port } = parseEnv({ CONSOLE_SECRET, PORT });
        expect(Number.isInteger(port) && port >= 0 && port <= 65_535).toBe(true);
      } catch (error) {
        expect(String(error)).toMatch(/PORT must be a whole number/);
      }
    }),
  );
});
