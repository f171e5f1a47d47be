import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { subjectOf } from "../../subjects";
import { allKeys } from "../../testing/keyspace";
import { startRedisServer, testRedis } from "../../testing/redis";
import { auditChain } from "../audit-chain/chain";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { keysOf, totalOf } from "./counts";
import { startErasure } from "./run";
import { readRunAndTell } from "./run-record";
import { readRun, writeRun } from "./run-state";
import { runEntries, runInput } from "./test-kit";

const redis = testRedis();
const alice = Buffer.from("alice");
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

async function fill(keys: number): Promise<void> {
  const commands = Array.from(
    { length: keys },
    (_, n): Command => ["RPUSH", `user:alice:history:${n}`, "canary-message"],
  );
  for (let at = 0; at < keys; at += 5_000) await store.pipeline(commands.slice(at, at + 5_000));
}
const start = (some: Partial<Parameters<typeof runInput>[1]> = {}) =>
  startErasure(store, store, runInput(store, { userId: alice, ...some }));
const ofAlice = async () => (await allKeys(store)).filter((key) => key.startsWith("user:alice:"));

describe("how a run ended stands in the audit log", () => {
  test("verified, with counts by class, under the request that started it", async () => {
    await fill(30);
    await store.command("HSET", "user:alice:pref:001", "user_id", "alice");
    await (await start()).finished;
    expect(await runEntries(store)).toEqual([
      expect.objectContaining({
        ...{ operator: "officer", role: "compliance", outcome: "ok", requestId: "request-1", code: null },
        ...{ subject: subjectOf(alice), reason: "Art. 17(1)(b)", ticket: "DSR-2026-014" },
        counts: { sessions: 30, memories: 1 },
      }),
    ]);
  });

  test("partial is not what was asked for", async () => {
    await store.command("SET", "user:alice:stray", "x");
    const ended = await (await start()).finished;
    expect(ended.status).toBe("partial");
    expect(await runEntries(store)).toMatchObject([{ outcome: "failed", counts: { "disputed-left": 1 } }]);
  });

  test("it is there before the page says that the run has ended", async () => {
    await fill(10);
    let stateAtEntry = "";
    const chain = auditChain(store);
    const audit = {
      append: chain.append.bind(chain),
      mirrorState: chain.mirrorState.bind(chain),
      appendEventually: async (draft: Parameters<typeof chain.append>[0]) => {
        await chain.appendEventually(draft);
        stateAtEntry = (await readRun(store, alice))!.status;
      },
    };
    expect((await (await start({ audit })).finished).status).toBe("verified");
    expect(stateAtEntry).toBe("running");
    expect((await readRun(store, alice))?.status).toBe("verified");
  });

  test("Redis lost midway: the outcome is unknown there too", async () => {
    const server = await startRedisServer({ appendOnly: true });
    const target = new Store(server.url);
    await target.pipeline(
      Array.from({ length: 9_000 }, (_, n) => ["RPUSH", `user:alice:history:${n}`, "m"] as const),
    );
    const { finished } = await startErasure(target, store, {
      ...runInput(store, { userId: alice }),
      // The first look lets one batch go.
      stillAllowed: async () => {
        setTimeout(() => void server.kill(), 5);
        return true;
      },
    });
    expect((await finished).status).toBe("unknown");
    expect(await runEntries(store)).toMatchObject([
      { outcome: "unknown", code: expect.stringMatching(/^store_/) },
    ]);
    target.close();
    await server.remove();
  }, 30_000);
});

describe("the right to erase is asked for again while it runs", () => {
  test("taken away before the first key: nothing is erased", async () => {
    await fill(100);
    const ended = await (await start({ stillAllowed: async () => false })).finished;
    expect(ended).toMatchObject({ status: "failed", code: "forbidden", finishedAtMs: expect.any(Number) });
    expect(ended.reason).toMatch(/^The right to erase was taken away/);
    expect(totalOf(ended.erased)).toBe(0);
    expect(await ofAlice()).toHaveLength(100);
    expect(await runEntries(store)).toMatchObject([{ outcome: "failed", code: "forbidden", counts: {} }]);
  });

  test("taken away midway: it stops, and what is gone is counted", async () => {
    const many = 60_000;
    await fill(many);
    let asked = 0;
    const stillAllowed = async () => {
      asked += 1;
      return asked < 2;
    };
    const ended = await (await start({ stillAllowed })).finished;
    expect(ended).toMatchObject({ status: "failed", code: "forbidden" });
    const gone = keysOf(ended.erased);
    expect(gone).toBeGreaterThan(0);
    expect(gone).toBeLessThan(many);
    expect((await ofAlice()).length).toBe(many - gone);
    expect(await runEntries(store)).toMatchObject([{ code: "forbidden", counts: { sessions: gone } }]);
    expect(await readRun(store, alice)).toEqual(ended);
    // Nothing goes on behind it.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await ofAlice()).length).toBe(many - gone);
    expect((await (await start()).finished).status).toBe("verified");
  }, 60_000);

  test("it is asked every 250 ms, not with every batch", async () => {
    await fill(20_000);
    const times: number[] = [];
    await (
      await start({
        stillAllowed: async () => {
          times.push(Date.now());
          return true;
        },
      })
    ).finished;
    expect(times.length).toBeGreaterThan(0);
    for (const [at, time] of times.slice(1).entries()) expect(time - times[at]!).toBeGreaterThanOrEqual(249);
  });

  test("it cannot be asked: the run stops", async () => {
    await fill(100);
    const ended = await (
      await start({ stillAllowed: () => Promise.reject(Object.assign(new Error(), { code: "ECONNRESET" })) })
    ).finished;
    expect(ended.status).toBe("unknown");
    expect(await ofAlice()).toHaveLength(100);
  });
});

describe("a run that died", () => {
  async function died(): Promise<string> {
    await fill(10);
    const ended = await (await start({ stillAllowed: async () => false })).finished;
    const { erasureTold, auditEntries, auditHead, auditBase } = consoleKeys;
    await store.command("DEL", erasureTold(ended.runId), auditEntries(), auditHead(), auditBase());
    await writeRun(store, alice, {
      ...ended,
      status: "running",
      finishedAtMs: null,
      code: null,
      reason: null,
    });
    return ended.runId;
  }
  // A chain of its own: the writer of this process remembers what it wrote.
  const look = (chainStore: Store) => readRunAndTell(store, auditChain(chainStore), alice);

  test("is told as unknown by the first look, and by no other", async () => {
    await died();
    const other = new Store(redis.url());
    const looks = await Promise.all(Array.from({ length: 8 }, () => look(other)));
    expect(looks.every((run) => run?.interrupted && run.status === "unknown")).toBe(true);
    await look(other);
    expect(await runEntries(store)).toMatchObject([
      { operator: "officer", outcome: "unknown", requestId: "request-1", subject: subjectOf(alice) },
    ]);
    other.close();
  });

  test("is told before the next run takes its place", async () => {
    await died();
    const other = new Store(redis.url());
    const input = runInput(other, { userId: alice, requestId: "request-2" });
    await (await startErasure(store, store, input)).finished;
    expect(await runEntries(store)).toMatchObject([
      { outcome: "unknown", requestId: "request-1" },
      { outcome: "ok", requestId: "request-2" },
    ]);
    other.close();
  });

  test("is told later when the log cannot be written now", async () => {
    const runId = await died();
    const refusing = {
      append: () => Promise.reject(new Error("refused")),
      appendEventually: async () => {},
      mirrorState: () => ({ kind: "none" as const, lastSeq: null, problem: null }),
    };
    expect((await readRunAndTell(store, refusing, alice))?.status).toBe("unknown");
    expect(await store.command("EXISTS", consoleKeys.erasureTold(runId))).toBe(0);
    const other = new Store(redis.url());
    await look(other);
    expect(await runEntries(store)).toHaveLength(1);
    other.close();
  });
});

test("two officers at once: one effective run, one end in the log", async () => {
  await fill(3_000);
  const both = await Promise.all([
    start({ startedBy: "first", requestId: "request-1" }),
    start({ startedBy: "second", requestId: "request-2" }),
  ]);
  await Promise.all(both.map(({ finished }) => finished));
  const effective = both.find(({ started }) => started)!;
  expect(await runEntries(store)).toMatchObject([
    { operator: effective.run.startedBy, requestId: effective.run.requestId },
  ]);
});
