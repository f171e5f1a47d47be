import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { lineOf } from "../../lib/redis/audit-chain/canonical";
import { allEntries, draft, SECRET } from "../../lib/redis/audit-chain/test-kit";
import { ChainWriter } from "../../lib/redis/audit-chain/writer";
import { Store } from "../../lib/redis/store/store";
import { testRedis } from "../../lib/testing/redis";
import { run } from "../lib/processes.mjs";
import { PROJECT_ROOT } from "../lib/project.mjs";
import { verifyCommand } from "./verify";

const redis = testRedis({ queryEngine: false });
let folder: string;
let mirror: string;
let store: Store;
let lines: string[];
let head: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-audit-"));
  mirror = join(folder, "audit.jsonl");
  store = new Store(redis.url());
  const chain = new ChainWriter(store, { secret: SECRET, mirror });
  for (let at = 0; at < 8; at++) await chain.append(draft({ requestId: `r${at}` }));
  const entries = await allEntries(store);
  lines = entries.map(lineOf);
  head = `8:${entries[7]!.hash}`;
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** As a person calls it, from another folder. */
const call = (command: string, args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, [join(PROJECT_ROOT, `scripts/${command}-audit.mjs`), ...args], {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      INIT_CWD: folder,
      CONSOLE_SECRET: SECRET,
      REDIS_URL: redis.url(),
      AUDIT_MIRROR: mirror,
      ...env,
    },
    timeoutMs: 15_000,
  });

/** The same program without a process of its own. */
async function verify(args: string[], env: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ CONSOLE_SECRET: SECRET, REDIS_URL: redis.url(), ...env })) {
    vi.stubEnv(name, value);
  }
  let stdout = "";
  const code = await verifyCommand(
    args.map((word) => (word.endsWith(".jsonl") ? join(folder, word) : word)),
    (text) => {
      stdout += text;
    },
  );
  return { code, stdout };
}
afterEach(() => {
  vi.unstubAllEnvs();
});
const save = (name: string, content: string[]) =>
  writeFileSync(join(folder, name), `${content.join("\n")}\n`);

test("an intact mirror is intact, against a head, against Redis, and by itself with what that does not prove", async () => {
  const alone = await call("verify", ["audit.jsonl"], { REDIS_URL: "redis://127.0.0.1:1" });
  const withHead = await verify(["audit.jsonl", "--head", head]);
  const live = await verify(["audit.jsonl", "--redis"]);
  for (const { code, stdout } of [alone, withHead, live]) {
    expect(stdout).toMatch(/^INTACT\. 8 entries, 1 to 8\./);
    expect(code).toBe(0);
  }
  expect(alone.stdout).toContain("NOT PROVED: that nothing was cut off");
  expect(withHead.stdout).not.toContain("NOT PROVED");
  expect(live.stdout).toContain(`Redis's head, ${head}`);
});

test("what was done to a log is named by its sequence, and the exit code is 1", async () => {
  save(
    "dropped.jsonl",
    lines.filter((_, at) => at !== 3),
  );
  save("cut.jsonl", lines.slice(0, 6));
  const dropped = await call("verify", ["dropped.jsonl"]);
  const cut = await verify(["cut.jsonl", "--redis"]);
  const byHead = await verify(["cut.jsonl", "--head", head]);
  expect(dropped.stdout).toContain("entry 4: dropped");
  for (const { stdout } of [cut, byHead]) expect(stdout).toContain("entries 7-8: cut");
  expect([dropped.code, cut.code, byHead.code]).toEqual([1, 1, 1]);
});

test("another secret is guessed at; what cannot be checked is neither intact nor tampered with", async () => {
  const other = await verify(["audit.jsonl"], { CONSOLE_SECRET: `${SECRET}-another` });
  expect(other.code).toBe(1);
  expect(other.stdout).toContain("is CONSOLE_SECRET the one");
  save("empty.jsonl", []);
  const outcomes = [
    await call("verify", ["absent.jsonl"]),
    await verify([]),
    await verify(["empty.jsonl"]),
    await verify(["audit.jsonl", "--head", "8"]),
    await verify(["audit.jsonl", "--redis"], { REDIS_URL: "redis://127.0.0.1:1" }),
  ];
  expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
});

test("old entries are archived into a file that verifies, and the mirror goes on whole", async () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const nothing = await call("archive", ["old.jsonl", "--before", "2020-01-01"]);
  expect(nothing.stdout).toContain("Nothing was archived");
  const wrong = await call("archive", ["old.jsonl", "--before", "2026-02-31"]);
  expect([nothing.code, wrong.code]).toEqual([0, 1]);
  expect(wrong.stdout).toContain("for example");

  const done = await call("archive", ["old.jsonl", "--before", tomorrow]);
  expect(done.stdout).toContain(`--head ${head}`);
  expect(readFileSync(join(folder, "old.jsonl"), "utf8")).toBe(`${lines.join("\n")}\n`);
  expect((await verify(["old.jsonl", "--head", head])).code).toBe(0);
  const live = await verify(["audit.jsonl", "--redis"]);
  expect(live.stdout).toMatch(/^INTACT\. 10 entries/);
});
