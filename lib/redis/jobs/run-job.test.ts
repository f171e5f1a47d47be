import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { allEntries } from "../audit-chain/test-kit";
import { consoleKeys } from "../console-keys";
import { takeLease } from "../lease";
import { Store } from "../store/store";
import { defineJob, type JobState } from "./job";
import { eraseJobs, jobKinds, leaseKey, readJob } from "./job-state";
import { cancelJob, pauseJob, resumeJob, startJob } from "./run-job";
import { jobContext, until } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const scope = "idx:test";
/** Counts to a number in Redis, so that what was really done can be compared with what is said. */
const counting = defineJob<{ to: number; pauseMs?: number; failAt?: number }, JobState>({
  kind: "counting",
  action: "test.count",
  counts: ({ done }) => ({ memories: done }),
  run: async function* ({ store }, { to, pauseMs = 0, failAt }, state) {
    for (let done = state?.done ?? 0; done < to; ) {
      if (done === failAt) throw new TypeError("a defect");
      await store.command("INCR", "counted");
      done += 1;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      yield { done, total: to };
    }
  },
});
const slow = { scope, input: { to: 200, pauseMs: 20 } };
const counted = async () => Number(await store.command("GET", "counted"));
const ends = async () => (await allEntries(store)).filter(({ action }) => action === "test.count");

describe("long work", () => {
  test("runs to its end, says so, and stands in the audit log", async () => {
    const { record, started, finished } = await startJob(jobContext(store), counting, {
      scope,
      input: { to: 30 },
    });
    expect([record.status, started]).toEqual(["running", true]);
    expect((await finished).status).toBe("done");
    const read = await readJob(store, scope, "counting");
    expect(read).toMatchObject({ status: "done", state: { done: 30, total: 30 }, startedBy: "dora" });
    expect(await jobKinds(store, scope)).toEqual(["counting"]);
    expect(await ends()).toEqual([
      expect.objectContaining({ outcome: "ok", counts: { memories: 30 }, requestId: "request-1" }),
    ]);
    expect(await store.command("GET", leaseKey(scope, "counting"))).toBeNull();
  });

  test("two at once are one", async () => {
    const first = await startJob(jobContext(store), counting, slow);
    const second = await startJob(jobContext(store), counting, slow);
    expect(second).toMatchObject({ started: false, record: { jobId: first.record.jobId } });
    await cancelJob(jobContext(store), scope, "counting");
    expect((await first.finished).status).toBe("cancelled");
  });

  test("paused, it goes on where it stopped, and nothing is done twice", async () => {
    const { finished } = await startJob(jobContext(store), counting, {
      scope,
      input: { to: 60, pauseMs: 10 },
    });
    await until(async () => (await counted()) >= 3);
    await pauseJob(jobContext(store), scope, "counting");
    const paused = await finished;
    expect(paused).toMatchObject({ status: "paused", finishedAtMs: null });
    expect(paused.state?.done).toBe(await counted());
    expect(paused.state?.done).toBeLessThan(60);
    const again = await resumeJob(
      jobContext(store, { operator: { id: "ada", name: "Ada", role: "admin" } }),
      counting,
      {
        scope,
      },
    );
    expect(await again.finished).toMatchObject({ status: "done", startedBy: "ada", jobId: paused.jobId });
    expect(await counted()).toBe(60);
  });

  test("cancelled while paused it ends, and cannot be gone on with", async () => {
    const { finished } = await startJob(jobContext(store), counting, slow);
    await pauseJob(jobContext(store), scope, "counting");
    await finished;
    await cancelJob(jobContext(store), scope, "counting");
    expect(await readJob(store, scope, "counting")).toMatchObject({ status: "cancelled" });
    await expect(resumeJob(jobContext(store), counting, { scope })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("whose process died reads as interrupted, and is gone on with from its last checkpoint", async () => {
    const { finished } = await startJob(jobContext(store), counting, { scope, input: { to: 5 } });
    const done = await finished;
    // As a killed process leaves it: running, no lease, two of five written down.
    const left = { ...done, status: "running", finishedAtMs: null, state: { done: 2, total: 5 } };
    await store.command("HSET", consoleKeys.jobs(scope), "counting", JSON.stringify(left));
    expect(await readJob(store, scope, "counting")).toMatchObject({ status: "interrupted" });
    const again = await resumeJob(jobContext(store), counting, { scope });
    expect(await again.finished).toMatchObject({ status: "done", state: { done: 5 } });
    expect(await counted()).toBe(5 + 3);
  });

  test("a defect ends it with words for people, and it can be gone on with", async () => {
    const { finished } = await startJob(jobContext(store), counting, { scope, input: { to: 5, failAt: 3 } });
    expect(await finished).toMatchObject({
      status: "failed",
      code: "internal",
      reason: "Something went wrong in the console itself.",
      state: { done: 3 },
    });
    expect((await ends())[0]).toMatchObject({ outcome: "failed", counts: { memories: 3 } });
  });

  test("the right taken away stops it", async () => {
    const { finished } = await startJob(
      jobContext(store, { stillAllowed: async () => false }),
      counting,
      slow,
    );
    expect(await finished).toMatchObject({ status: "failed", code: "forbidden" });
    expect(await counted()).toBeLessThan(200);
  });

  test("its record erased, it stops and writes nothing more", async () => {
    const { finished } = await startJob(jobContext(store), counting, slow);
    await until(async () => (await counted()) >= 2);
    expect(await eraseJobs(store, scope)).toBe(1);
    expect((await finished).status).toBe("failed");
    expect(await store.command("EXISTS", consoleKeys.jobs(scope))).toBe(0);
  });

  test("where another process holds the lease without a record, it is refused for now", async () => {
    await takeLease(store, leaseKey(scope, "counting"), "another");
    await expect(startJob(jobContext(store), counting, slow)).rejects.toMatchObject({ code: "conflict" });
  });
});
