/** A cluster that changes under the console: slots that move, a primary that dies while it is written to. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { keepAppending, lostSince } from "../../testing/appending";
import { ask, startRedisCluster, type TestCluster, until } from "../../testing/redis-cluster";
import { eraseUser } from "../erasure/erase";
import { Changes, type Notice } from "../keyspace/changes";
import { scanKeys } from "../keyspace/scan";
import { slotOf } from "./cluster-slots";
import { Store } from "./store";
import { storeError } from "./store-errors";

let cluster: TestCluster;
let store: Store;
beforeAll(async () => {
  cluster = await startRedisCluster();
  store = new Store(cluster.url);
}, 60_000);
afterAll(async () => {
  store?.close();
  await cluster?.remove();
});

async function walked(pattern: string): Promise<string[]> {
  const names = new Set<string>();
  for await (const keys of scanKeys(store, Buffer.from(pattern)))
    for (const key of keys) names.add(String(key));
  return [...names].sort();
}

/** A word whose slot is in the given third. */
function wordIn(third: number): string {
  for (let at = 0; ; at += 1) if (Math.floor(slotOf(`w${at}`) / 5461.34) === third) return `w${at}`;
}

test("says what it is", async () => {
  expect(await store.capabilities()).toMatchObject({
    mode: "cluster",
    primaries: 3,
    searchCoversOneShard: false,
  });
  expect(store.state).toEqual({ state: "up" });
});

test("answers come in the order asked, whichever node they are of; a walk sees all primaries", async () => {
  const names = Array.from({ length: 60 }, (_, at) => `many:${at}`);
  await store.pipeline(names.map((name) => ["SET", name, `of ${name}`] as const));
  const answers = await store.pipeline(names.map((name) => ["GET", name] as const));
  expect(answers.map(String)).toEqual(names.map((name) => `of ${name}`));
  expect(await walked("many:*")).toEqual([...names].sort());
  expect(await store.command("DBSIZE")).toBe(60);
});

test("a transaction over two slots is refused before anything is sent", async () => {
  const [a, b] = [wordIn(0), wordIn(2)];
  const refused = await store
    .transaction([
      ["SET", a, "1"],
      ["SET", b, "1"],
    ])
    .catch((error: unknown) => storeError(error)?.toDto());
  expect(refused).toMatchObject({ code: "store_refused", hint: expect.stringContaining("CROSSSLOT") });
  expect(await store.command("EXISTS", a)).toBe(0);
  expect(await store.command("EXISTS", b)).toBe(0);
});

test("a slot that moves: ASK while it does, MOVED after it has, and nothing is lost or done twice", async () => {
  const tag = wordIn(2);
  const key = `user:{${tag}}:history:s`;
  await store.command("RPUSH", key, "0");
  const [from, to] = [cluster.primaries[2]!, cluster.primaries[1]!];
  await cluster.moveSlot(slotOf(key), from, to, async () => {
    expect(await store.command("RPUSH", key, "1")).toBe(2);
    // Keys may be on their way unseen, so nothing is said to be erased.
    const erasing = eraseUser(store, store, { userId: Buffer.from("nobody") });
    await expect(erasing).rejects.toThrow(/moving slots/);
    expect(
      await store.transaction([
        ["RPUSH", key, "2"],
        ["LLEN", key],
      ]),
    ).toEqual([3, 3]);
  });
  expect(await store.command("RPUSH", key, "3")).toBe(4);
  expect(await store.transaction([["RPUSH", key, "4"]])).toEqual([5]);
  expect(await walked(`user:{${tag}}:*`)).toEqual([key]);
  expect(String(await store.command("LRANGE", key, 0, -1))).toBe("0,1,2,3,4");
  await cluster.moveSlot(slotOf(key), to, from);
  expect(await store.command("LLEN", key)).toBe(5);
});

test("a primary dies under writes: what was said to be done is there, changes are told again, walks are whole", async () => {
  const changes = new Changes(store);
  const notices: Notice[] = [];
  changes.onNotice((notice) => notices.push(notice));
  changes.start();
  const tag = wordIn(0);
  const other = wordIn(1);
  try {
    await until(() => changes.live);
    await command(cluster.primaries[0]!.url, ["SET", `user:{${tag}}:pref:1`, "x"]);
    await until(() => notices.some(({ kind }) => kind === "named"));
    const key = `user:{${tag}}:history:s`;
    const writer = keepAppending(store, key);
    const { done, failures } = writer;
    await until(() => done.length > 20);
    await sleep(1_200);
    const before = done.length;
    const killedAtMs = Date.now();
    await cluster.primaries[0]!.kill();
    await until(() => failures.length > 0);
    expect(store.state.state).toBe("down");
    // The others go on being served.
    expect(String(await store.command("SET", other, "x"))).toBe("OK");
    await until(async () => done.length > before + 20);
    await writer.stop();
    expect(["store_timeout", "store_unreachable", "store_refused"]).toEqual(expect.arrayContaining(failures));
    expect(/role:master/.test(await ask(cluster.replica, "INFO replication"))).toBe(true);
    const stored = String(await store.command("LRANGE", key, 0, -1)).split(",");
    expect(new Set(stored).size).toBe(stored.length);
    // Redis answers before its replica has it: the last moment before the death may be lost, and nothing else.
    const lost = lostSince(writer, stored, killedAtMs);
    expect(lost.filter((ms) => ms < -1_000 || ms > 200)).toEqual([]);
    await until(() => store.state.state === "up" && changes.live);
    expect(notices).toContainEqual({ kind: "everything", why: "reconnected" });
    notices.length = 0;
    await command(cluster.replica.url, ["SET", `user:{${tag}}:pref:2`, "x"]);
    await until(() => notices.some(({ kind }) => kind === "named"));
    expect(await walked(`user:{${tag}}:*`)).toHaveLength(3);
    expect((await walked("*")).length).toBe(await store.command("DBSIZE"));
  } finally {
    changes.stop();
  }
}, 60_000);
