/** The same work on a store of every kind: what comes out must be the same. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "../../scripts/lib/resp.mjs";
import { eraseUser } from "../redis/erasure/erase";
import { countsOf, previewErasure } from "../redis/erasure/preview";
import { Changes } from "../redis/keyspace/changes";
import { Surveyor } from "../redis/keyspace/survey";
import { hitRateLimit } from "../redis/limiter/hit";
import { listMemories } from "../redis/memories/list-memories";
import { appendMessage } from "../redis/messages/append-message";
import { readRateLimits } from "../redis/rate-limits/read";
import { listSessions } from "../redis/sessions/list-sessions";
import { readMessages } from "../redis/sessions/read-messages";
import { trimSession } from "../redis/sessions/trim-session";
import { Store } from "../redis/store/store";
import { snapshotOf } from "./keyspace";
import { bytes, personCommands, TWINS } from "./people";
import { startRedisServer, type TestServer } from "./redis";
import { startRedisCluster, type TestCluster } from "./redis-cluster";
import { startRedisSentinel, type TestSentinel } from "./redis-sentinel";

async function work(store: Store, own: Store, servers: TestServer[]) {
  const userId = bytes("alice");
  const session = { userId, sessionId: bytes("s0") };
  await store.pipeline(TWINS.flatMap((id) => personCommands(id)));
  for (let at = 0; at < 5; at += 1) {
    await appendMessage(store, { ...session, type: "human", content: `m${at}`, keepMessages: 4 });
  }
  await trimSession(store, { ...session, keepMessages: 3 });
  const page = await readMessages(store, { ...session, limit: 10 });
  const hits = [];
  for (let at = 0; at < 2; at += 1) hits.push(await hitRateLimit(store, own, { userId }));
  const limits = await readRateLimits(store, own, { userId });
  const { items } = await listMemories(store, own, { userId, sort: "importance" });
  const sessions = await listSessions(store, { userId });
  const surveyor = new Surveyor(store, own, new Changes(store));
  await surveyor.rescan();
  const { survey, status } = await surveyor.settled();
  surveyor.stop();
  const before = await snapshotOf(servers);
  const preview = await previewErasure(store, own, { userId });
  const erased = await eraseUser(store, own, { userId });
  const after = await snapshotOf(servers);
  return {
    page: [page.length, page.messages.map(({ text }) => text)],
    hits: hits.map(({ windows }) => windows.map(({ count }) => count)),
    limits: limits.windows.map(({ name, count }) => [name, count]),
    memories: items.map(({ category, number, content }) => [category, number, content]),
    sessions: sessions.sessions.map(({ label, messages }) => [label, messages]).sort(),
    survey: [survey?.tally.total.keys, status.scope],
    preview: [preview.keys, countsOf(preview.holdings)],
    erased: [erased.status, erased.erased, erased.disputedLeft],
    gone: [...before.keys()].filter((key) => !after.has(key)).sort(),
    changed: [...after].filter(([key, digest]) => before.get(key) !== digest),
    left: after.size,
  };
}

/** To be called at the top of a test file. */
export function proveEveryKind() {
  let own: TestServer;
  let single: TestServer;
  let watched: TestSentinel;
  let cluster: TestCluster;
  beforeAll(async () => {
    const started = await Promise.all([
      startRedisServer({ queryEngine: false }),
      startRedisServer({ queryEngine: false, args: ["--enable-debug-command", "yes"] }),
      startRedisSentinel(),
      startRedisCluster(),
    ]);
    [own, single, watched, cluster] = started;
  }, 60_000);
  afterAll(() => Promise.all([own, single, watched, cluster].map((each) => each?.remove())));

  async function workOn(url: string, servers: TestServer[]) {
    await command(own.url, ["FLUSHALL"]);
    const [store, consoleStore] = [new Store(url), new Store(own.url)];
    try {
      return await work(store, consoleStore, servers);
    } finally {
      store.close();
      consoleStore.close();
    }
  }

  test("one server, sentinels, a cluster: the same answers, and erasing one person leaves all others", async () => {
    const expected = await workOn(single.url, [single]);
    expect(expected).toMatchObject({
      page: [3, ["m2", "m3", "m4"]],
      preview: [6, expected.erased[1]],
      changed: [],
      survey: [TWINS.length * 6, { clusterNode: false, database: 0 }],
      left: (TWINS.length - 1) * 6,
    });
    expect(expected.gone).toHaveLength(6);
    expect(await workOn(watched.url, [watched.primary])).toEqual(expected);
    expect(await workOn(cluster.url, cluster.primaries)).toEqual(expected);
  }, 40_000);
}
