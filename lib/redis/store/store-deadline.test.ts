import { afterAll, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { DEADLINE_MS } from "./deadline";
import { Store } from "./store";
import { storeError } from "./store-errors";

const redis = testRedis({ queryEngine: false });
const open: Store[] = [];
afterAll(() => {
  for (const store of open) store.close();
});

async function connected(): Promise<Store> {
  const store = new Store(redis.url());
  open.push(store);
  await store.command("PING");
  return store;
}

async function failure(work: Promise<unknown>): Promise<{ code: string; afterMs: number }> {
  const startedAt = Date.now();
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { code: storeError(error)?.code ?? "none", afterMs: Date.now() - startedAt };
}

async function recovered(store: Store): Promise<void> {
  const until = Date.now() + 5_000;
  while (store.state.state === "down" && Date.now() < until) await new Promise((go) => setTimeout(go, 20));
  expect((await store.command("PING"))?.toString()).toBe("PONG");
}

it("ends every call to a hung server within the deadline, and goes on when it wakes", async () => {
  const store = await connected();
  process.kill(redis.server().pid(), "SIGSTOP");
  const failures = await Promise.all([
    failure(store.command("GET", "a")),
    failure(store.pipeline([["GET", "a"]])),
    failure(store.transaction([["INCR", "a"]])),
    // More than the socket takes at once: the rest has not been sent when the connection breaks.
    ...Array.from({ length: 20 }, () => failure(store.command("SET", "big", "x".repeat(1_000_000)))),
  ]);
  for (const { code, afterMs } of failures) {
    expect(code).toBe("store_timeout");
    expect(afterMs).toBeLessThan(DEADLINE_MS + 500);
  }
  process.kill(redis.server().pid(), "SIGCONT");
  await recovered(store);
});

it("ends every call when the server is killed under it, and goes on with the next one", async () => {
  const store = await connected();
  await store.command("CLIENT", "PAUSE", 2_000);
  const calls = [
    store.command("GET", "a"),
    store.pipeline([["GET", "a"]]),
    store.transaction([["GET", "a"]]),
  ];
  const failures = Promise.all(calls.map(failure));
  await new Promise((go) => setTimeout(go, 50));
  await redis.server().kill();
  for (const { code, afterMs } of await failures) {
    expect(code).toBe("store_timeout");
    expect(afterMs).toBeLessThan(1_000);
  }
  const offline = await failure(store.command("GET", "a"));
  expect(offline.code).toBe("store_unreachable");
  expect(offline.afterMs).toBeLessThan(100);
  await redis.server().start();
  await recovered(store);
});
