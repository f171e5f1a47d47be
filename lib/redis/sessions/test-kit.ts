import { afterAll, beforeAll, beforeEach } from "vitest";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { Store } from "../store/store";

/** One session of alice's. */
export const id = { userId: Buffer.from("alice"), sessionId: Buffer.from("s1") };
export const key = sessionKey(id.userId, id.sessionId);

export const message = (content: string, timestamp?: number) =>
  JSON.stringify({ type: "human", content, timestamp });

/** Two ways to one empty server: `store` may do everything, `plain` no more than read, and run no scripts. */
export function testStores() {
  const redis = testRedis();
  const open = {} as { store: Store; plain: Store };
  beforeAll(async () => {
    open.store = new Store(redis.url());
    const rights = ["~*", "+ping", "+lrange", "+llen", "+pttl", "+scan", "+type", "+hget"];
    await open.store.command("ACL", "SETUSER", "plain", "on", ">secret", ...rights);
    open.plain = new Store(redis.url().replace("redis://", "redis://plain:secret@"));
  });
  beforeEach(() => redis.flush());
  afterAll(() => {
    open.store?.close();
    open.plain?.close();
  });
  return open;
}
