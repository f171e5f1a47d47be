/** The same person in a store whose ids stand in braces, `user:{alice}:…`: all keys of one person in one cluster slot. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { snapshot } from "../../testing/keyspace";
import { bytes, latin1, personCommands, TWINS } from "../../testing/people";
import { testRedis } from "../../testing/redis";
import { bareUserKey } from "../keys";
import { Store } from "../store/store";
import { eraseUser } from "./erase";
import { previewErasure } from "./preview";

// The configuration is read once, at its first use.
vi.hoisted(() => {
  process.env.USER_KEY_HASHTAG = "1";
});

const redis = testRedis({ args: ["--enable-debug-command", "yes"] });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

test.each(TWINS.map((id) => [id.toString(), id] as const))(
  "erasing {%s} leaves all others",
  async (_name, victim) => {
    expect(bareUserKey(bytes("alice")).toString()).toBe("user:{alice}");
    await store.pipeline(TWINS.flatMap((id) => personCommands(id)));
    const before = await snapshot(store);
    const result = await eraseUser(store, store, { userId: victim });
    const after = await snapshot(store);
    expect(before.size - after.size).toBe(6);
    for (const [key, digest] of after) expect(before.get(key), key).toBe(digest);
    for (const command of personCommands(victim)) expect(after.has(latin1(command[1] as Buffer))).toBe(false);
    expect(result.status).toBe("verified");
  },
);

test("keys without braces are in doubt, those of others without braces are not", async () => {
  await store.pipeline([
    ["HSET", "user:alice:pref:1", "content", "old form"],
    ["RPUSH", "user:alice:history:s", "m"],
    ["HSET", "user:alice:admin:pref:1", "user_id", "alice:admin"],
  ]);
  const preview = await previewErasure(store, store, { userId: bytes("alice") });
  expect(preview.keys).toBe(0);
  expect(preview.disputed.items.map(({ display, reason }) => [display, reason]).sort()).toEqual([
    ["user:alice:history:s", "other-form"],
    ["user:alice:pref:1", "other-form"],
  ]);
  const result = await eraseUser(store, store, { userId: bytes("alice") });
  expect(result).toMatchObject({ status: "partial", disputedLeft: { "other-form": 2 } });
  expect((await snapshot(store)).size).toBe(3);
});
