import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readClaim } from "../scripts/lib/lock.mjs";
import { freePort } from "../scripts/lib/ports.mjs";
import { isAlive } from "../scripts/lib/processes.mjs";
import { PROJECT_ROOT } from "../scripts/lib/project.mjs";
import { expect, test } from "./support/test";

test.use({ store: "empty" });

let data: string;
const started: ChildProcess[] = [];

test.beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "memory-console-start-"));
});
test.afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

/** `npm start`, without npm: what it prints, and when it has ended. */
function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/start.mjs", "--data", data, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, REDIS_URL: "", CONSOLE_SECRET: "", ...env },
  });
  started.push(child);
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.on("data", (text) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, ended, said: () => said };
}

const runningPids = () => {
  const { redis, console: site } = readClaim(join(data, "empty.running.json"))!.details;
  return [redis.pid, site.pid] as number[];
};

test("the console starts on a Redis of its own, prints a redis-cli line that works, and leaves nothing", async ({
  request,
}) => {
  const port = await freePort();
  const { child, ended, said } = start(["--empty", "--port", String(port)]);
  await expect.poll(said, { timeout: 20_000 }).toContain("Ready after");
  expect(said()).toContain(`http://127.0.0.1:${port}`);
  expect((await request.get(`http://127.0.0.1:${port}/api/health`)).status()).toBe(200);

  const [, line] = /redis-cli {2,}(.+)/.exec(said()) ?? [];
  const { stdout } = await promisify(execFile)("sh", [
    "-c",
    `${line?.replace("-it", "-i")} SET typed by-hand`,
  ]);
  expect(stdout.trim()).toBe("OK");

  const pids = runningPids();
  expect(pids.every(isAlive)).toBe(true);
  const stopping = Date.now();
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  expect(Date.now() - stopping).toBeLessThan(2000);
  expect(pids.filter(isAlive)).toEqual([]);

  // The data stays, and --fresh forgets it.
  for (const [args, expected] of [
    [[], "by-hand"],
    [["--fresh"], ""],
  ] as const) {
    const again = start(["--empty", "--port", String(port), ...args]);
    await expect.poll(again.said, { timeout: 20_000 }).toContain("Ready after");
    const [, cli] = /redis-cli {2,}(.+)/.exec(again.said()) ?? [];
    const answer = await promisify(execFile)("sh", ["-c", `${cli?.replace("-it", "-i")} GET typed`]);
    expect(answer.stdout.trim()).toBe(expected);
    again.child.kill("SIGINT");
    expect(await again.ended).toBe(130);
  }
});

test("killed in the middle, it leaves nothing, and starts again on the same port", async () => {
  const port = await freePort();
  const first = start(["--empty", "--port", String(port)]);
  await expect.poll(first.said, { timeout: 20_000 }).toContain("Ready after");
  const pids = runningPids();
  first.child.kill("SIGKILL");
  const second = start(["--empty", "--port", String(port)]);
  await expect.poll(second.said, { timeout: 20_000 }).toContain("Ready after");
  expect(pids.filter(isAlive)).toEqual([]);
  second.child.kill("SIGTERM");
  await second.ended;
});

test("a taken port is named, with who has it and what to do", async ({ console }) => {
  const { port } = new URL(console.url);
  const { ended, said } = start(["--empty", "--port", port]);
  expect(await ended).toBe(1);
  expect(said()).toMatch(new RegExp(`Port ${port} .* is taken by .*process \\d+`));
  expect(said()).toContain("PORT=");
});

test("a second start on the same data says where the first one is", async () => {
  const port = await freePort();
  const first = start(["--empty", "--port", String(port)]);
  await expect.poll(first.said, { timeout: 20_000 }).toContain("Ready after");
  const second = start(["--empty", "--port", String(await freePort())]);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`already running at http://127.0.0.1:${port}`);
  first.child.kill("SIGTERM");
  await first.ended;
});

test("REDIS_URL is used as it is: nothing else is started, nothing is written", async ({
  console,
  request,
}) => {
  const before = await console.redisCli("DBSIZE");
  const port = await freePort();
  const { child, ended, said } = start(["--port", String(port)], { REDIS_URL: console.redisUrl });
  await expect.poll(said, { timeout: 20_000 }).toContain("Ready after");
  expect((await request.get(`http://127.0.0.1:${port}/api/health`)).status()).toBe(200);
  expect(readClaim(join(data, "demo.running.json"))).toBeUndefined();
  expect(await console.redisCli("DBSIZE")).toBe(before);
  child.kill("SIGTERM");
  await ended;
});

test("a wrong setting stops the start with its name, the rule and an example", async () => {
  const { ended, said } = start(["--empty"], { EMBEDDINGS_PROVIDER: "magic" });
  expect(await ended).toBe(1);
  expect(said()).toMatch(/EMBEDDINGS_PROVIDER must be .*for example/);
});
