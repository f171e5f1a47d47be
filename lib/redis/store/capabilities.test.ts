import { afterAll, beforeAll, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "./store";

const redis = testRedis();
let admin: Store;
beforeAll(async () => {
  admin = new Store(redis.url());
  await admin.command("PING");
});
afterAll(() => admin?.close());

it("a password that is set and taken back: told while it lasts, and the connection made meanwhile knows the server afterwards", async () => {
  const known = await admin.capabilities();
  await admin.command("CONFIG", "SET", "requirepass", "changed");
  const store = new Store(redis.url());
  // Others ask at the same time: an answer too few would give each the answer of another.
  let asking = true;
  let asked = 0;
  const others = (async () => {
    for (; asking; asked += 1) {
      const [answer] = await store.pipeline([["ECHO", `${asked}`]]);
      if (!(answer instanceof Error)) expect(String(answer)).toBe(`${asked}`);
    }
  })();
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(store.capabilities()).rejects.toThrow(/^NOAUTH/);
    }
    await admin.command("CONFIG", "SET", "requirepass", "");
    expect(await store.capabilities()).toEqual(known);
  } finally {
    await admin.command("CONFIG", "SET", "requirepass", "");
    asking = false;
    await others;
    store.close();
  }
  expect(asked).toBeGreaterThan(20);
});
