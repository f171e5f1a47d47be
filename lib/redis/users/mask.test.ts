import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Changes } from "../keyspace/changes";
import { Surveyor } from "../keyspace/survey";
import { Store } from "../store/store";
import { listUsers } from "./list-users";
import { maskUserHead, maskUserList, maskUserName } from "./mask";
import { readUser } from "./read-user";
import { listUsersInput, USER_SORTS } from "./schema";

const redis = testRedis();
let store: Store;
let surveyor: Surveyor;
const b = (text: string) => Buffer.from(text);

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  surveyor = new Surveyor(store, store, new Changes(store));
  await store.pipeline([
    ["LPUSH", sessionKey(CANARY_ID, b(CANARY.session)), JSON.stringify({ content: CANARY.message })],
    [
      "HSET",
      memoryKey(CANARY_ID, b(CANARY.category), b("1")),
      "user_id",
      CANARY.id,
      "content",
      CANARY.memory,
    ],
    ["HSET", rateLimitKey(CANARY_ID), "requests_per_minute", 61],
    ["HSET", memoryKey(b("bob"), b("pref"), b("1")), "user_id", "bob", "content", "tea"],
  ]);
});
afterEach(() => surveyor.stop());
afterAll(() => store.close());

async function list(query: string, sort = "last-activity") {
  await surveyor.look();
  return listUsers(await surveyor.settled(), listUsersInput.parse({ query, sort }));
}

test.each(["", CANARY.id, "kestrel", "Canary.", "nobody here"])(
  "what is found for %j is listed by pseudonyms",
  async (query) => {
    const found = await list(query);
    const masked = maskUserList(found, hidesAll);
    expect(leaks(masked)).toEqual([]);
    expect(masked).toMatchObject({ total: 2, matching: found.matching, masked: true });
    expect(masked.users.map(({ ref }) => ref)).toEqual(found.users.map(({ ref }) => ref));
    for (const { label } of masked.users) expect(label).toMatch(/^person-\w{6}$/);
    expect(masked.users.map(({ sessions, memories, state }) => ({ sessions, memories, state }))).toEqual(
      found.users.map(({ sessions, memories, state }) => ({ sessions, memories, state })),
    );
  },
);

test("an exact id is found, and opens by its reference", async () => {
  const masked = maskUserList(await list(CANARY.id), hidesAll);
  expect(masked.exact).toEqual({ ref: CANARY_REF, label: masked.users[0]?.label, listed: true });
});

test.each(USER_SORTS)("sorted by %s, no place in the order tells more than the row", async (sort) => {
  const found = await list("", sort);
  expect(leaks(maskUserList(found, hidesAll))).toEqual([]);
});

test("who is revealed stands among the masked by the id", async () => {
  const bob = createMasker((subject) => subject === subjectOf(b("bob")));
  const masked = maskUserList(await list(""), bob);
  expect(masked.users.map(({ label }) => label).sort()).toEqual(["bob", expect.stringMatching(/^person-/)]);
  expect(leaks(masked)).toEqual([]);
});

test("the head keeps counts and times, and sizes in round numbers", async () => {
  const head = await readUser(store, store, CANARY_ID);
  const masked = maskUserHead(head, hidesAll);
  expect(leaks(masked)).toEqual([]);
  expect(masked).toMatchObject({ ref: CANARY_REF, exists: true, keys: 3, masked: true, complete: true });
  expect(masked.classes.memories.keys).toBe(1);
  const sizes = [masked.sizeBytes, ...Object.values(masked.classes).map(({ sizeBytes }) => sizeBytes)];
  for (const size of sizes) expect(String(size)).toMatch(/^(0|[125]0+)$/);
});

test("a name is the pseudonym that lists show too", async () => {
  const name = maskUserName({ label: CANARY.id }, hidesAll, { ref: CANARY_REF });
  expect(name).toEqual({ label: hidesAll.label(sealRef("user", CANARY_ID)), masked: true });
});
