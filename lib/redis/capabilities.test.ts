import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRedis } from "../testing/redis";
import { Store } from "./store";

const redis = testRedis({ queryEngine: false });
let admin: Store;
beforeAll(async () => {
  admin = new Store(redis.url());
  await admin.command("PING");
});
afterAll(() => admin?.close());

describe("a password that is set and taken back", () => {
  it("is told while it lasts, and the connection made meanwhile knows the server afterwards", async () => {
    await admin.command("CONFIG", "SET", "requirepass", "changed");
    const store = new Store(redis.url());
    try {
      await expect(store.capabilities()).rejects.toThrow(/^NOAUTH/);
      await admin.command("CONFIG", "SET", "requirepass", "");
      expect(await store.capabilities()).toMatchObject({ role: "master", hsetex: true });
    } finally {
      await admin.command("CONFIG", "SET", "requirepass", "");
      store.close();
    }
  });
});
