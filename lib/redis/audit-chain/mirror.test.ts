import { spawn } from "node:child_process";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { auditMacKey, lineOf } from "./canonical";
import { fileLines } from "./lines";
import { allEntries, draft, SECRET } from "./test-kit";
import { verifyChain } from "./verify";
import { ChainWriter } from "./writer";

const redis = testRedis({ queryEngine: false });
const stores: Store[] = [];
let folder: string;
let path: string;

const open = (mirror?: string) => {
  stores.push(new Store(redis.url()));
  return new ChainWriter(stores.at(-1)!, { secret: SECRET, mirror });
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-mirror-"));
});
beforeEach(async () => {
  await redis.flush();
  path = join(folder, `${Math.random()}.jsonl`);
});
afterAll(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true });
});

const stored = async () => (await allEntries(stores.at(-1)!)).map(lineOf);
const verify = async () => {
  const lines = await stored();
  const { seq, hash } = JSON.parse(lines.at(-1)!);
  return verifyChain(fileLines(path), { macKey: auditMacKey(SECRET), head: { seq, hash } });
};

test("every acknowledged entry is in the file, line for line as in Redis", async () => {
  const chain = open(path);
  await Promise.all(Array.from({ length: 30 }, () => chain.append(draft({ reason: "line\nend" }))));
  expect(readFileSync(path, "utf8")).toBe(`${(await stored()).join("\n")}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(chain.mirrorState()).toEqual({ kind: "file", lastSeq: 30, problem: null });
});

test("what other processes wrote is caught up; two that share the file write nothing twice", async () => {
  const without = open();
  for (let at = 0; at < 5; at++) await without.append(draft());
  const [a, b] = [open(path), open(path)];
  await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 ? a : b).append(draft())));
  expect(await verify()).toMatchObject({ entries: 45, problems: [], notes: [] });
});

test("a torn last line gets a line end, and its entry is written again whole", async () => {
  for (let at = 0; at < 3; at++) await open(path).append(draft({ reason: "é" }));
  const bytes = readFileSync(path);
  // Amid a character, and once more right before the last line end.
  for (const cut of [bytes.lastIndexOf("é") + 1, bytes.length - 1]) {
    writeFileSync(path, bytes.subarray(0, cut));
    await open(path).append(draft());
    expect((await verify()).problems).toEqual([]);
  }
  expect((await verify()).entries).toBe(5);
  writeFileSync(path, bytes.subarray(0, 40));
  await open(path).append(draft());
  expect(await verify()).toMatchObject({ entries: 6, problems: [], notes: [{ seq: 1 }] });
});

test("a full disk or a forbidden place refuses, in Redis the entry is there, and the next append catches up", async () => {
  const full = open("/dev/full");
  await expect(full.append(draft())).rejects.toMatchObject({
    code: "audit_unavailable",
    message: expect.stringContaining("ENOSPC"),
  });
  expect(full.mirrorState().problem).toContain("ENOSPC");
  await expect(open(join(folder, "absent/x")).append(draft())).rejects.toMatchObject({
    code: "audit_unavailable",
  });
  await expect(open(folder).append(draft())).rejects.toMatchObject({ code: "audit_unavailable" });
  // A mirror that cannot even be opened is noticed before anything is written.
  expect(await stored()).toHaveLength(1);
  expect((await open(path).append(draft())).seq).toBe(2);
  expect(await verify()).toMatchObject({ entries: 2, problems: [] });
});

test("what the mirror alone refused is not written twice when it is tried again", async () => {
  await open("/dev/full").appendEventually(draft());
  expect(await stored()).toHaveLength(1);
  const [chain, outcome] = [open("/dev/full"), draft({ requestId: "again" })];
  await expect(chain.append(outcome)).rejects.toMatchObject({ code: "audit_unavailable" });
  await chain.appendEventually(outcome);
  await expect(chain.append(outcome)).rejects.toMatchObject({ code: "audit_unavailable" });
  expect(await stored()).toHaveLength(2);
});

test("a file that was moved away is gone on with in a new one", async () => {
  const chain = open(path);
  await chain.append(draft());
  await chain.append(draft());
  renameSync(path, `${path}.1`);
  await chain.append(draft());
  expect(readFileSync(path, "utf8")).toBe(`${(await stored())[2]}\n`);
});

test("a mirror of another chain, or a file of something else, is not written into", async () => {
  await open(path).append(draft({ action: "before" }));
  await redis.flush();
  await open().append(draft());
  await expect(open(path).append(draft())).rejects.toThrow("entry 1");
  const foreign = `${path}.txt`;
  appendFileSync(foreign, "notes\n");
  await expect(open(foreign).append(draft())).rejects.toThrow("something else");
  expect(readFileSync(foreign, "utf8")).toBe("notes\n");
  expect(await stored()).toHaveLength(1);
});

test("standard output begins where the chain stood", async () => {
  await open().append(draft());
  const script = `import { Store } from "./lib/redis/store/store.ts"; import { ChainWriter } from "./lib/redis/audit-chain/writer.ts";
    const store = new Store(process.argv[1]); const chain = new ChainWriter(store, { secret: ${JSON.stringify(SECRET)}, mirror: "stdout" });
    for (let at = 0; at < 3; at++) await chain.append(${JSON.stringify(draft())}); store.close();`;
  const child = spawn(process.execPath, [
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    script,
    redis.url(),
  ]);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  await new Promise((done) => child.once("close", done));
  expect(out).toBe(`${(await stored()).slice(1).join("\n")}\n`);
});

test("standard output goes on when Redis has lost entries, and the chain says so", async () => {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const chain = open("stdout");
  for (let at = 0; at < 3; at++) await chain.append(draft());
  await redis.flush();
  await chain.append(draft({ action: "after" })).finally(() => spy.mockRestore());
  const actions = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).action);
  expect(written.flatMap(actions).slice(-2)).toEqual(["audit.lost", "after"]);
  expect((await stored()).map((line) => JSON.parse(line).seq)).toEqual([1, 2]);
});
