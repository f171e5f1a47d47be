/**
 * What others notice while the doctor repairs vectors: their p99, idle and during a repair of some thousand memories.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 npx tsx scripts/bench/doctor.ts
 *
 * The others are a process of their own: one client that reads a hash and one that searches by meaning, each one request
 * after the other with a millisecond between. Idle is measured before and after the repair, so that a machine that grows
 * slower meanwhile is not taken for the doctor's doing. Works on people of its own, whose keys and index it removes.
 */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { embedder } from "../../lib/embeddings/embedder";
import { toFloat32LE } from "../../lib/embeddings/vector";
import { auditChain } from "../../lib/redis/audit-chain/chain";
import { eraseJobs } from "../../lib/redis/jobs/job-state";
import { startJob } from "../../lib/redis/jobs/run-job";
import { memoryKey } from "../../lib/redis/keys";
import { Store } from "../../lib/redis/store/store";
import type { Command } from "../../lib/redis/store/wire";
import { checkJob } from "../../lib/redis/vector-doctor/check";
import { FAULTS } from "../../lib/redis/vector-doctor/faults";
import { dryRunJob, startRepair } from "../../lib/redis/vector-doctor/repair";
import { curableOf, faultyOf } from "../../lib/redis/vector-doctor/states";
import { percentile } from "../lib/percentile.mjs";

const MEMORIES = Number(process.env.BENCH_DOCTOR_MEMORIES ?? 4_000);
const IDLE_MS = 5_000;
const TARGET_MS = 10;
const INDEX = "bench:doctor";
const PERSON = "bench-doctor";
const DIMENSIONS = 512;

process.env.CONSOLE_SECRET ??= randomBytes(32).toString("base64");
const url = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const store = new Store(url);
const vectorOf = (at: number) =>
  Float32Array.from({ length: DIMENSIONS }, (_, part) => Math.sin((at + 1) * 7.31 + part * 1.7) / 16);
const keyOf = (at: number) => memoryKey(Buffer.from(PERSON), Buffer.from("pref"), Buffer.from(String(at)));

/** The other clients: told to begin, they measure until they are told to end, and answer with what they measured. */
async function others(): Promise<void> {
  const clients = [new Store(url), new Store(url)];
  const question = toFloat32LE(vectorOf(3));
  const asks: ((turn: number) => Command)[] = [
    (turn) => ["HGETALL", keyOf(turn % MEMORIES)],
    () => [
      ...(["FT.SEARCH", INDEX, "*=>[KNN 5 @embedding $v]", "PARAMS", 2, "v", question] as const),
      ...(["NOCONTENT", "DIALECT", 2] as const),
    ],
  ];
  let measured: number[] | null = null;
  process.on("message", (order) => {
    if (order === "begin") measured = [];
    else {
      process.send?.(measured ?? []);
      measured = null;
    }
  });
  await Promise.all(
    clients.map(async (client, which) => {
      for (let turn = 0; ; turn += 1) {
        const sentAt = performance.now();
        await client.command(...asks[which]!(turn));
        measured?.push(performance.now() - sentAt);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }),
  );
}

async function bench(): Promise<void> {
  await prepare();
  const child = fork(new URL(import.meta.url).pathname, ["others"], { execArgv: ["--import", "tsx"] });
  const during = async (work: () => Promise<unknown>): Promise<number[]> => {
    child.send("begin");
    await work();
    return new Promise((resolve) => {
      child.once("message", (measured) => resolve(measured as number[]));
      child.send("end");
    });
  };
  const idle = () => new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  try {
    // Both ends warm: the model is loaded, the clients are connected.
    await embedder().embed(["warm"]);
    await idle();
    const before = await during(idle);
    const check = await startJob(context, checkJob, { scope: INDEX, input: { index: INDEX, deep: false } });
    const looking = await during(() => check.finished);
    const found = (await check.finished).state!;
    const input = { index: INDEX, faults: [...FAULTS], deep: false, pace: "gentle" as const };
    await (await startJob(context, dryRunJob, { scope: INDEX, input })).finished;
    const startedAt = performance.now();
    const repair = await startRepair(context, input);
    const repairing = await during(() => repair.finished);
    const seconds = (performance.now() - startedAt) / 1000;
    const mended = curableOf((await repair.finished).state!);
    const after = await during(idle);
    const calm = [...before, ...after];
    console.log(`${faultyOf(found)} faults among ${found.memories} memories`);
    console.log(`${mended} mended in ${seconds.toFixed(1)} s, ${Math.round(mended / seconds)} a second`);
    line("others, idle", calm);
    line("others, while looking", looking);
    line("others, while repairing", repairing);
    const rise = percentile(repairing, 0.99) - percentile(calm, 0.99);
    console.log(`their p99 rises by ${rise.toFixed(2)} ms   target < ${TARGET_MS} ms`);
    if (rise >= TARGET_MS || mended !== faultyOf(found)) process.exitCode = 1;
  } finally {
    child.kill();
    await store.command("FT.DROPINDEX", INDEX);
    await eraseJobs(store, INDEX);
    await write(Array.from({ length: MEMORIES }, (_, at) => ["UNLINK", keyOf(at)]));
    store.close();
  }
}

const context = {
  store,
  console: store,
  operator: { id: "bench", name: "bench", role: "admin" },
  requestId: "bench-doctor",
  subject: null,
  audit: auditChain(store),
  stillAllowed: async () => true,
};

/** A third in the wrong byte order, a sixth as doubles, a tenth without a vector, the rest healthy. */
async function prepare(): Promise<void> {
  await write(
    Array.from({ length: MEMORIES }, (_, at) => {
      const bytes = toFloat32LE(vectorOf(at));
      const stored =
        at % 3 === 0
          ? Buffer.from(bytes).swap32()
          : at % 6 === 1
            ? Buffer.from(Float64Array.from(vectorOf(at)).buffer)
            : at % 10 === 2
              ? null
              : bytes;
      return [
        ...(["HSET", keyOf(at), "user_id", PERSON, "content", `remembers the number ${at} and tea`] as const),
        ...["importance", 5, "timestamp", 1_717_935_000 + at],
        ...(stored ? ["embedding", stored] : []),
      ];
    }),
  );
  const prefix = keyOf(0).subarray(0, -"pref:0".length);
  await store.command(
    ...(["FT.CREATE", INDEX, "ON", "HASH", "PREFIX", 1, prefix, "SCHEMA", "user_id", "TAG"] as const),
    ...(["content", "TEXT", "embedding", "VECTOR", "HNSW", 6, "TYPE", "FLOAT32", "DIM"] as const),
    ...([DIMENSIONS, "DISTANCE_METRIC", "COSINE"] as const),
  );
}

async function write(commands: readonly Command[]): Promise<void> {
  for (let at = 0; at < commands.length; at += 250) {
    await store.pipeline(commands.slice(at, at + 250), 30_000);
  }
}

function line(name: string, times: readonly number[]): void {
  const at = (share: number) => percentile([...times], share).toFixed(2);
  console.log(`${name.padEnd(24)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   p99 ${at(0.99)} ms`);
}

if (process.argv[2] === "others") await others();
else {
  await bench();
  process.exit();
}
