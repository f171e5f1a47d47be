/** A primary behind a sentinel that is replaced: by a failover that is asked for, and by its death under writes. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { keepAppending, lostSince } from "../../testing/appending";
import { ask, until } from "../../testing/redis-cluster";
import { startRedisSentinel, type TestSentinel } from "../../testing/redis-sentinel";
import { Changes, type Notice } from "../keyspace/changes";
import { Store } from "./store";
import { storeError } from "./store-errors";

let watched: TestSentinel;
let store: Store;
beforeAll(async () => {
  watched = await startRedisSentinel();
  store = new Store(watched.url);
}, 60_000);
afterAll(async () => {
  store?.close();
  await watched?.remove();
});

test("says what it is, and finds the primary though one sentinel is away", async () => {
  expect(await store.capabilities()).toMatchObject({ mode: "sentinel", role: "master", primaries: 1 });
  expect(store.state).toEqual({ state: "up" });
});

test("sentinels that know no such name: out of reach, and why", async () => {
  const lost = new Store(watched.url.replace("mymaster", "other"));
  const refused = await lost.command("PING").catch((error: unknown) => storeError(error)?.toDto());
  expect(refused).toMatchObject({
    code: "store_unreachable",
    hint: expect.stringContaining("no primary of that"),
  });
  lost.close();
});

test("the primary dies under writes and comes back empty, but is not written to: nothing done is lost but Redis's own last moment", async () => {
  const changes = new Changes(store);
  const notices: Notice[] = [];
  changes.onNotice((notice) => notices.push(notice));
  changes.start();
  try {
    await until(() => changes.live);
    const writer = keepAppending(store, "user:a:history:s");
    const { done, failures } = writer;
    await until(() => done.length > 20);
    await sleep(1_200);
    const before = done.length;
    const killedAtMs = Date.now();
    await watched.primary.kill();
    await until(() => failures.length > 0);
    expect(store.state.state).toBe("down");
    await until(() => done.length > before + 20);
    expect(/role:master/.test(await ask(watched.replica, "INFO replication"))).toBe(true);
    // Empty, and a primary in its own eyes, until the sentinel turns it into a replica.
    await watched.primary.start();
    const mark = done.length;
    await until(() => done.length > mark + 20);
    await writer.stop();
    expect(["store_timeout", "store_unreachable", "store_refused"]).toEqual(expect.arrayContaining(failures));
    const stored = String(await store.command("LRANGE", "user:a:history:s", 0, -1)).split(",");
    expect(new Set(stored).size).toBe(stored.length);
    const lost = lostSince(writer, stored, killedAtMs);
    expect(lost.filter((ms) => ms < -1_000 || ms > 200)).toEqual([]);
    await until(() => store.state.state === "up" && changes.live);
    expect(notices).toContainEqual({ kind: "everything", why: "reconnected" });
    notices.length = 0;
    await command(watched.replica.url, ["SET", "user:a:pref:2", "x"]);
    await until(() => notices.some(({ kind }) => kind === "named"));
  } finally {
    changes.stop();
  }
}, 60_000);
