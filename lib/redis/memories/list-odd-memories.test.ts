import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { type ListFilters, listMemories } from "./list-memories";
import { memory, NOW_S } from "./test-kit";

const redis = testRedis();
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  forgetEverybody(store);
});

function list(user: string, filters: Partial<ListFilters> = {}) {
  return listMemories(store, store, { userId: Buffer.from(user), sort: "importance", ...filters });
}

describe("odd memories", () => {
  test("are shown with what is wrong, never left out", async () => {
    const invalid = Buffer.from([0x66, 0xff, 0x00, 0x67]);
    await store.pipeline([
      memory("eve", "pref:001", { importance: 99 }),
      memory("eve", "pref:002", { importance: "high" }),
      memory("eve", "pref:003", { importance: null, timestamp: null, content: null }),
      memory("eve", "pref:004", { timestamp: NOW_S * 1000 }),
      memory("eve", "pref:005", { timestamp: "yesterday" }),
      memory("eve", "pref:006", { content: invalid }),
      memory("eve", "pref:007", { content: "x".repeat(300_000) }),
      memory("eve", "pref:008", { content: `${"y".repeat(1_999)}😀` }),
      memory("eve", "pref:009", { importance: "7.5", user_id: null }),
      memory("eve", "pref:010", { importance: "0x10", content: "" }),
    ]);
    const { items, total } = await list("eve", { sort: "name" });
    expect(total).toBe(10);
    const by = (number: string) => items.find((item) => item.number === number)!;
    expect(by("001").importance).toMatchObject({ value: 99, problem: expect.stringContaining("outside") });
    expect(by("002").importance).toMatchObject({ value: null, raw: "high", problem: expect.any(String) });
    expect(by("003")).toMatchObject({
      importance: { value: null, raw: null },
      timestampMs: null,
      timestampProblem: expect.stringContaining("no timestamp"),
      contentProblem: expect.stringContaining("no content"),
    });
    expect(by("004")).toMatchObject({
      timestampMs: NOW_S * 1000,
      timestampProblem: expect.stringContaining("milliseconds"),
    });
    expect(by("005")).toMatchObject({
      timestampMs: null,
      timestampProblem: expect.stringContaining("yesterday"),
    });
    expect(by("006")).toMatchObject({ content: "f\\xff\\x00g", contentIsText: false, contentBytes: 4 });
    expect(by("007")).toMatchObject({ content: "", contentBytes: 300_000, contentCut: true });
    expect(by("008")).toMatchObject({ content: "y".repeat(1_999), contentCut: true });
    expect(by("009")).toMatchObject({
      importance: { value: 7.5, problem: expect.stringContaining("whole") },
      notes: [expect.stringContaining("user_id")],
    });
    expect(by("010")).toMatchObject({ importance: { value: null }, contentProblem: "Its content is empty." });
  });

  test("whose owner is in doubt are counted, not listed", async () => {
    await store.pipeline([
      memory("fay", "pref:001"),
      ["HSET", "user:fay:pref:002", "user_id", "somebody", "content", "whose?"],
      ["SET", "user:fay:pref:003", "a string"],
    ]);
    expect(await list("fay")).toMatchObject({ total: 1, disputed: 2 });
  });

  test("categories and ids of any byte are told apart", async () => {
    const id = Buffer.from([0x67, 0xff, 0x2a]);
    const key = Buffer.concat([Buffer.from("user:"), id, Buffer.from([0x3a, 0xfe, 0x3a, 0x31])]);
    await store.command("HSET", key, "user_id", id, "content", "bytes", "importance", 4);
    await store.command(...memory("gx*", "pref:001"));
    const found = await listMemories(store, store, { userId: id, sort: "name", category: "\\xfe" });
    expect(found.items.map(({ category, content }) => [category, content])).toEqual([["\\xfe", "bytes"]]);
  });
});
