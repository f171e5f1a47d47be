import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allKeys } from "../../testing/keyspace";
import { startRedisServer, testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { keysOf, totalOf } from "./counts";
import { startErasure } from "./run";
import { readRun } from "./run-state";
import { runEntries, runInput } from "./test-kit";

const redis = testRedis();
const alice = Buffer.from("alice");
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const start = (by = "officer", includeDisputed: Buffer[] = []) =>
  startErasure(store, store, runInput(store, { userId: alice, startedBy: by, includeDisputed }));

async function fill(target: Store, keys: number): Promise<void> {
  for (let from = 0; from < keys; from += 5_000) {
    const commands: Command[] = [];
    for (let n = from; n < Math.min(from + 5_000, keys); n += 1) {
      commands.push(["RPUSH", `user:alice:history:${n}`, "m"]);
    }
    await target.pipeline(commands);
  }
  await target.command("HSET", "user:alice:admin:pref:1", "user_id", "alice:admin");
}

const ofAlice = async (target = store) =>
  (await allKeys(target)).filter((key) => key.startsWith("user:alice:history:"));

describe("a run", () => {
  test("is written down before it begins and has its verified outcome afterwards", async () => {
    await fill(store, 300);
    const { run, started, finished } = await start();
    expect(started).toBe(true);
    expect(run).toMatchObject({ status: "running", startedBy: "officer", finishedAtMs: null });
    const ended = await finished;
    expect(ended).toMatchObject({ status: "verified", passes: 3, emptyPasses: 2, interrupted: false });
    expect(ended.planned?.sessions).toBe(300);
    expect(ended.erased.sessions).toBe(300);
    expect(await readRun(store, alice)).toEqual(ended);
    expect(await ofAlice()).toEqual([]);
    expect((await allKeys(store)).filter((key) => key.includes(":lock:"))).toEqual([]);
  });

  test("twice is once: the second reports nothing", async () => {
    await fill(store, 30);
    await (await start()).finished;
    const second = await (await start()).finished;
    expect(second).toMatchObject({ status: "verified" });
    expect(totalOf(second.erased)).toBe(0);
  });

  test("two officers at once: one effective run, and the second is told whose it is", async () => {
    await fill(store, 3_000);
    const both = await Promise.all([start("first"), start("second")]);
    const effective = both.filter(({ started }) => started);
    expect(effective).toHaveLength(1);
    const other = both.find(({ started }) => !started)!;
    expect(other.run.runId).toBe(effective[0]!.run.runId);
    const ended = await effective[0]!.finished;
    expect(keysOf(ended.erased)).toBe(3_000);
  });

  test("its state holds no id, no key name, no content", async () => {
    await store.command("RPUSH", "user:alice:history:canary-session", "canary-message");
    await store.command("SET", "user:alice:canary-stray", "x");
    await (await start()).finished;
    const names = (await allKeys(store)).filter((key) => key.startsWith("console:"));
    const runs = names.filter((key) => key.includes(":run:"));
    expect(runs).toHaveLength(1);
    const state = String(await store.command("GET", runs[0]!));
    const audit = JSON.stringify(await runEntries(store));
    expect(`${names} ${state} ${audit}`).not.toMatch(/alice|canary|YWxpY2/i);
    expect(JSON.parse(state)).toMatchObject({ status: "partial", disputedLeft: { "outside-grammar": 1 } });
  });

  test("a writer that does not stop is reported as partial, never as erased", async () => {
    await fill(store, 100);
    const writer = new Store(redis.url());
    let writing = true;
    const loop = (async () => {
      for (let n = 0; writing; n += 1) await writer.command("RPUSH", `user:alice:history:late${n % 50}`, "m");
    })();
    const ended = await (await start()).finished;
    writing = false;
    await loop;
    writer.close();
    expect(ended.status).toBe("partial");
    expect(ended.stillWritten!.sessions).toBeGreaterThan(0);
  });

  test("what ends its life meanwhile is counted: planned is erased and expired, to the last key", async () => {
    await fill(store, 20_000);
    const halves = Array.from({ length: 10_000 }, (_, n) => {
      return ["PEXPIRE", `user:alice:history:${2 * n}`, 100 + (n % 3_000)] as const;
    });
    for (let at = 0; at < halves.length; at += 5_000) await store.pipeline(halves.slice(at, at + 5_000));
    const ended = await (await start()).finished;
    expect(ended).toMatchObject({ status: "verified", phase: "verifying" });
    expect(ended.expiredMeanwhile).toBeGreaterThan(0);
    expect(ended.erased.sessions + ended.expiredMeanwhile).toBe(ended.planned?.sessions);
    expect(await readRun(store, alice)).toEqual(ended);
  });

  test("what a writer left behind before it stopped is erased too", async () => {
    await fill(store, 2_000);
    const writer = new Store(redis.url());
    const until = Date.now() + 150;
    const loop = (async () => {
      for (let n = 0; Date.now() < until; n += 1)
        await writer.command("RPUSH", `user:alice:history:late${n}`, "m");
    })();
    const ended = await (await start()).finished;
    await loop;
    writer.close();
    if (ended.status === "verified") expect(await ofAlice()).toEqual([]);
    else expect(totalOf(ended.stillWritten!)).toBeGreaterThan(0);
    expect((await (await start()).finished).status).toBe("verified");
    expect(await ofAlice()).toEqual([]);
  });
});

test("memory that is full midway stops no run: erasing is the cure, and the outcome is written after it", async () => {
  await fill(store, 40_000);
  const { finished } = await start();
  while (keysOf((await readRun(store, alice))!.erased) === 0) await sleep(2);
  await store.command("CONFIG", "SET", "maxmemory", "1");
  try {
    await expect(store.command("SET", "more", "x")).rejects.toThrow(/^OOM/);
    expect((await ofAlice()).length).toBeGreaterThan(0);
    await expect.poll(ofAlice, { timeout: 10_000 }).toEqual([]);
  } finally {
    await store.command("CONFIG", "SET", "maxmemory", "0");
  }
  expect(await finished).toMatchObject({ status: "verified", erased: { sessions: 40_000 } });
  expect((await readRun(store, alice))?.status).toBe("verified");
}, 60_000);

describe("when Redis goes away midway", () => {
  async function interrupted(stopIt: (server: Awaited<ReturnType<typeof startRedisServer>>) => unknown) {
    const server = await startRedisServer({ appendOnly: true });
    const target = new Store(server.url);
    try {
      await fill(target, 20_000);
      const { finished } = await startErasure(target, store, runInput(store, { userId: alice }));
      while (keysOf((await readRun(store, alice))!.erased) === 0) await sleep(2);
      await stopIt(server);
      const ended = await finished;
      expect(ended).toMatchObject({ status: "unknown", finishedAtMs: expect.any(Number) });
      expect(ended.reason).toMatch(/not counted here/);
      expect(await readRun(store, alice)).toEqual(ended);
      return { server, target };
    } catch (error) {
      target.close();
      await server.remove();
      throw error;
    }
  }

  test("killed: the outcome is unknown; started again, a second run ends verified", async () => {
    const { server, target } = await interrupted((it) => it.kill());
    await server.start();
    while (target.state.state === "down") await sleep(50);
    const again = await (await startErasure(target, store, runInput(store, { userId: alice }))).finished;
    expect(again.status).toBe("verified");
    expect(await ofAlice(target)).toEqual([]);
    expect(await allKeys(target)).toEqual(["user:alice:admin:pref:1"]);
    target.close();
    await server.remove();
  }, 60_000);

  test("frozen: the outcome is unknown within seconds", async () => {
    const { server, target } = await interrupted((it) => process.kill(it.pid(), "SIGSTOP"));
    target.close();
    process.kill(server.pid(), "SIGCONT");
    await server.remove();
  }, 60_000);

  test("not reached at all: failed, and it says that nothing was erased", async () => {
    const server = await startRedisServer();
    const target = new Store(server.url);
    await target.command("PING");
    await server.kill();
    await sleep(50);
    const { finished } = await startErasure(target, store, runInput(store, { userId: alice }));
    expect(await finished).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/Nothing was erased/),
    });
    target.close();
    await server.remove();
  });
});

test("the console killed midway: shown as interrupted, and started again it ends verified", async () => {
  await fill(store, 20_000);
  const script = fileURLToPath(new URL("../../testing/erase-child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, redis.url(), "alice", "1500"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env },
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  while (keysOf((await readRun(store, alice))?.erased ?? ({} as never)) > 0 === false) await sleep(2);
  child.kill("SIGKILL");
  await exited;
  expect((await readRun(store, alice))?.status).toBe("running");
  expect((await ofAlice()).length).toBeGreaterThan(0);
  // While the dead run's lease lasts, nobody else begins.
  expect((await start()).started).toBe(false);
  await expect.poll(async () => (await readRun(store, alice))?.interrupted, { timeout: 5_000 }).toBe(true);
  expect(await readRun(store, alice)).toMatchObject({ status: "unknown", finishedAtMs: null });
  const again = await start();
  expect(again.started).toBe(true);
  expect((await again.finished).status).toBe("verified");
  expect((await allKeys(store)).filter((key) => key.startsWith("user:"))).toEqual([
    "user:alice:admin:pref:1",
  ]);
}, 60_000);
