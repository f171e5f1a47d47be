import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { openRef } from "../../refs";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Changes } from "../keyspace/changes";
import { Surveyor } from "../keyspace/survey";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { idFromAddress } from "./id-path";
import { listUsers } from "./list-users";
import { readUser } from "./read-user";
import { listUsersInput, type UserList } from "./schema";

const redis = testRedis();
let store: Store;
let surveyor: Surveyor;

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  surveyor = new Surveyor(store, store, new Changes(store));
});
afterEach(() => surveyor.stop());
afterAll(() => store.close());

const b = (text: string) => Buffer.from(text, "utf8");

async function write(commands: Command[]): Promise<void> {
  for (const reply of await store.pipeline(commands)) if (reply instanceof Error) throw reply;
}

const memory = (id: string, n: string, timestamp = "1717935000"): Command => [
  "HSET",
  memoryKey(b(id), b("pref"), b(n)),
  "user_id",
  id,
  "content",
  "x",
  "timestamp",
  timestamp,
];

async function list(input: Record<string, unknown> = {}): Promise<UserList> {
  await surveyor.look();
  return listUsers(await surveyor.settled(), listUsersInput.parse(input));
}

async function resurvey(): Promise<void> {
  await surveyor.rescan();
  await surveyor.settled();
}

const labels = (found: UserList) => found.users.map((user) => user.label);

test("a page carries people's numbers and opaque references", async () => {
  await write([
    memory("alice", "001"),
    ["LPUSH", sessionKey(b("alice"), b("s")), JSON.stringify({ timestamp: 1717935999 })],
    ["HSETEX", rateLimitKey(b("bob")), "EX", 60, "FIELDS", 1, "requests_per_minute", 60],
    ["HSET", rateLimitKey(b("carol")), "requests_per_minute", 3],
  ]);
  const { users, total, status } = await list({ sort: "id" });
  expect(total).toBe(3);
  expect(status.completeness).toBe("complete");
  expect(users.map(({ label, state }) => [label, state])).toEqual([
    ["alice", null],
    ["bob", "blocked"],
    ["carol", "stuck"],
  ]);
  expect(users[0]).toMatchObject({ sessions: 1, memories: 1, keys: 2, lastActivityMs: 1717935999000 });
  // Of bob the begin of the window is known, of alice the time of the message itself.
  expect(users.map(({ isActivityOrLater }) => isActivityOrLater)).toEqual([false, true, false]);
  expect(openRef("user", users[0]!.ref).toString()).toBe("alice");
  expect(users[0]!.ref).not.toContain("alice");
});

test("every order is a total order, and paging forth and back visits everybody once", async () => {
  const ids = Array.from({ length: 57 }, (_, at) => `user${String(at).padStart(2, "0")}`);
  await write(ids.flatMap((id, at) => Array.from({ length: 1 + (at % 3) }, (_, n) => memory(id, `${n}`))));
  await resurvey();
  for (const sort of ["bytes", "last-activity", "memories", "sessions", "id"]) {
    for (const direction of ["asc", "desc"]) {
      const seen: string[] = [];
      let page = await list({ sort, direction, limit: "10" });
      const first = labels(page);
      for (let pages = 0; pages < 20; pages++) {
        seen.push(...labels(page));
        if (!page.nextCursor) break;
        page = await list({ sort, direction, limit: "10", cursor: page.nextCursor });
      }
      expect(seen, `${sort} ${direction}`).toHaveLength(57);
      expect(new Set(seen).size).toBe(57);
      expect(page.from).toBe(50);
      for (let pages = 0; pages < 20 && page.previousCursor; pages++) {
        page = await list({ sort, direction, limit: "10", cursor: page.previousCursor });
      }
      expect(labels(page)).toEqual(first);
    }
  }
  const byId = await list({ sort: "id", limit: "100" });
  expect(labels(byId)).toEqual(ids);
  expect(labels(await list({ sort: "id", direction: "desc", limit: "100" }))).toEqual(ids.toReversed());
});

test("people who come and go between two pages neither repeat nor hide others", async () => {
  const ids = Array.from({ length: 30 }, (_, at) => `p${String(at).padStart(2, "0")}`);
  await write(ids.map((id) => memory(id, "1")));
  const first = await list({ sort: "id", limit: "10" });
  await store.command("UNLINK", memoryKey(b("p09"), b("pref"), b("1")));
  await write([memory("a-newcomer", "1"), memory("p10b", "1")]);
  await resurvey();
  const second = await list({ sort: "id", limit: "10", cursor: first.nextCursor });
  expect(labels(second).slice(0, 3)).toEqual(["p10", "p10b", "p11"]);
});

test("a part of the id finds in any case; the id typed in full comes first, whatever the order", async () => {
  await write(["alice", "Alice", "al", "alice:admin", "bob"].map((id) => memory(id, "1")));
  await write([memory("alice", "2"), memory("alice:admin", "2"), memory("alice:admin", "3")]);
  const part = await list({ query: "LIC", sort: "id" });
  expect(labels(part)).toEqual(["Alice", "alice", "alice:admin"]);
  expect(part).toMatchObject({ matching: 3, total: 5 });
  const whole = await list({ query: " alice ", sort: "memories" });
  expect(labels(whole)).toEqual(["alice", "alice:admin", "Alice"]);
  expect(whole.exact).toMatchObject({ label: "alice", listed: true });
  const one = await list({ query: "alice", sort: "memories", limit: "1" });
  const two = await list({ query: "alice", sort: "memories", limit: "1", cursor: one.nextCursor });
  expect([...labels(one), ...labels(two)]).toEqual(["alice", "alice:admin"]);
});

test("an id that nobody has can be opened all the same; escapes name bytes", async () => {
  const found = await list({ query: "nobody" });
  expect(found.users).toEqual([]);
  expect(found.exact).toMatchObject({ label: "nobody", listed: false });
  expect(openRef("user", found.exact!.ref).toString()).toBe("nobody");
  await store.command("HSET", Buffer.from("user:\xff\x00:pref:1", "latin1"), "content", "x");
  await resurvey();
  const bytes = await list({ query: "\\xff\\x00" });
  expect(bytes.exact).toMatchObject({ label: "\\xff\\x00", listed: true });
  expect(labels(bytes)).toEqual(["\\xff\\x00"]);
});

test.each([
  [{ limit: "0" }, "limit"],
  [{ limit: "1e309" }, "limit"],
  [{ limit: "101" }, "limit"],
  [{ sort: "constructor" }, "sort"],
  [{ direction: "up" }, "direction"],
  [{ cursor: "../../" }, "cursor"],
])("a parameter that breaks its rule is refused: %j", (input, field) => {
  const parsed = listUsersInput.safeParse(input);
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});

test("a cursor that this console did not make is refused", async () => {
  await expect(list({ cursor: "AAAA" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("the head of a person is fresh and leaves twins out", async () => {
  await write(["Alice", "alice:admin", "al"].map((id) => memory(id, "1")));
  expect(await readUser(store, store, b("alice"))).toMatchObject({ exists: false, keys: 0, sizeBytes: 0 });
  await sleep(30);
  await write([
    memory("alice", "1"),
    memory("alice", "2", "1717939999"),
    ["LPUSH", sessionKey(b("alice"), b("s")), "not json"],
    ["SET", "user:alice:note", "outside of the grammar"],
  ]);
  const { forgetPerson } = await import("../keyspace/kept-of-person");
  forgetPerson(store, b("alice"));
  const head = await readUser(store, store, b("alice"));
  expect(head).toMatchObject({ label: "alice", exists: true, keys: 4, lastActivityMs: 1717939999000 });
  expect(head.isActivityOrLater).toBe(false);
  await write([["HSETEX", rateLimitKey(b("alice")), "EX", 3_600, "FIELDS", 1, "requests_per_hour", 2]]);
  forgetPerson(store, b("alice"));
  const active = await readUser(store, store, b("alice"));
  expect(active.isActivityOrLater).toBe(true);
  expect(Date.now() - (active.lastActivityMs ?? 0)).toBeLessThan(5_000);
  expect(head.classes.memories.keys).toBe(2);
  expect(head.classes.sessions.keys).toBe(1);
  expect(head.classes.disputed.keys).toBe(1);
  const sizes = await store.pipeline(
    ["pref:1", "pref:2", "history:s", "note"].map((end) => ["MEMORY", "USAGE", `user:alice:${end}`] as const),
  );
  expect(head.sizeBytes).toBe(sizes.reduce((sum: number, size) => sum + Number(size), 0));
});

test.each([
  ["alice", "alice"],
  ["alice%3Aadmin", "alice:admin"],
  ["a/b", "a/b"],
  ["a%2Fb", "a/b"],
  ["caf%C3%A9", "caf\xc3\xa9"],
  ["café", "caf\xc3\xa9"],
  ["%FF%00", "\xff\x00"],
  ["100%", "100%"],
  ["a%20b+c", "a b+c"],
  ["%25zz", "%zz"],
  ["__proto__", "__proto__"],
])("/users/by-id/%s names the bytes of the id", (path, bytes) => {
  expect(idFromAddress(`http://127.0.0.1:3000/users/by-id/${path}`)).toBe(bytes);
});

test("ids that no path can carry go by parameter; no id is no id", () => {
  expect(idFromAddress("http://127.0.0.1/users/by-id?id=..")).toBe("..");
  expect(idFromAddress("http://127.0.0.1/users/by-id/?id=%2F%2Fa")).toBe("//a");
  expect(idFromAddress("http://127.0.0.1/users/by-id?x=1&id=%00+a%2B")).toBe("\x00 a+");
  expect(idFromAddress("http://127.0.0.1/users/by-id?id=caf%C3%A9")).toBe("caf\xc3\xa9");
  expect(idFromAddress("http://127.0.0.1/users/by-id")).toBeNull();
  expect(idFromAddress("http://127.0.0.1/users/by-id/")).toBeNull();
});

test("an id as a person types it names the bytes that the directory shows", () => {
  const typed = (text: string) =>
    idFromAddress(`http://127.0.0.1/users/by-id?typed=${encodeURIComponent(text)}`);
  expect(typed("a\\xff\\x00b")).toBe("a\xff\x00b");
  expect(typed("back\\\\slash")).toBe("back\\slash");
  expect(typed("café &+%")).toBe("caf\xc3\xa9 &+%");
  expect(typed("\ufffd")).toBe("\xef\xbf\xbd");
  expect(typed("..")).toBe("..");
});

test("bytes that Next has replaced name nobody, rather than somebody else", () => {
  expect(() => idFromAddress("http://127.0.0.1/users/by-id?id=a%EF%BF%BD")).toThrow(/no UTF-8/);
});
