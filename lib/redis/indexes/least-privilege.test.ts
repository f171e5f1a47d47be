/** The rights that README.md names for indexes and the doctor are enough, and not all of Redis. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { startJob } from "../jobs/run-job";
import { jobContext } from "../jobs/test-kit";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { checkJob } from "../vector-doctor/check";
import { startCleanUp } from "../vector-doctor/clean-up";
import { FAULTS } from "../vector-doctor/faults";
import { dryRunJob, startRepair } from "../vector-doctor/repair";
import { curableOf } from "../vector-doctor/states";
import { plant, write } from "../vector-doctor/test-kit";
import { removeAlias, setAlias } from "./aliases";
import { createIndex } from "./create-index";
import { dropIndex } from "./drop-index";
import { readIndexes } from "./operations";
import { startRebuild } from "./rebuild";
import { usualVector } from "./rules";
import { newIndex } from "./test-kit";

const redis = testRedis();
let all: Store;
let store: Store;
const README = readFileSync("README.md", "utf8").replace(/\s+/g, " ");
const rightsIn = (pattern: RegExp) => (pattern.exec(README)?.[1] ?? "").split(" ");
const RIGHTS = [
  ...rightsIn(/For browsing: `([^`]+)`/),
  ...rightsIn(/For indexes and the doctor of vectors also `([^`]+)`/),
];

beforeAll(async () => {
  all = new Store(redis.url());
  await all.command("ACL", "SETUSER", "index-maker", "on", ">secret", ...RIGHTS);
  const url = new URL(redis.url());
  store = new Store(`redis://index-maker:secret@${url.host}`);
});
afterAll(() => {
  store.close();
  all.close();
});

test("made, rebuilt, aliased, looked at, mended, cleaned up and dropped", async () => {
  expect(RIGHTS.length).toBeGreaterThan(20);
  const planted = plant(60, { seed: 2, share: 0.5, dimensions: 512 });
  await write(
    all,
    planted.map(({ command }) => command),
  );
  const context = jobContext(store, { console: all });
  await createIndex(store, all, newIndex("idx:one", 512, "safer"));
  const vector = usualVector(512);
  const input = { index: "idx:one", name: "idx:two", form: "same" as const, vector, model: null };
  const rebuilt = await startRebuild(context, { ...input, aliases: [], adopt: true, acceptFewer: false });
  expect(await rebuilt.finished).toMatchObject({ status: "done", reason: null });
  await setAlias(store, all, { alias: "idx:recall", to: "idx:one", from: null });
  await removeAlias(store, all, { alias: "idx:recall", from: "idx:one" });
  const index = "idx:two";
  const check = await startJob(context, checkJob, { scope: index, input: { index, deep: true } });
  expect(await check.finished).toMatchObject({ status: "done", reason: null });
  const repair = { index, faults: [...FAULTS], deep: false, pace: "brisk" as const };
  await (await startJob(context, dryRunJob, { scope: index, input: repair })).finished;
  const repaired = await (await startRepair(context, repair)).finished;
  expect(repaired).toMatchObject({ status: "done", reason: null });
  expect(curableOf(repaired.state!)).toBeGreaterThan(10);
  await createIndex(store, all, { ...newIndex("idx:next", 8), vector: usualVector(8, "embedding_next") });
  for (const name of ["idx:one", "idx:two"]) {
    await dropIndex(store, all, { name, confirm: name, inUse: true, handTo: null });
  }
  const cleaned = await (await startCleanUp(context, { field: "embedding", confirm: "embedding" })).finished;
  expect(cleaned).toMatchObject({ status: "done", reason: null });
  expect((await readIndexes(store, all)).indexes.map(({ name }) => name)).toEqual(["idx:next"]);
  const refused: Command[] = [["DEL", "user:x"], ["FLUSHALL"], ["KEYS", "*"], ["CONFIG", "GET", "*"]];
  for (const command of refused) await expect(store.command(...command)).rejects.toThrow(/NOPERM/);
}, 60_000);
