import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import { type ArchiveInput, archiveEntries, writeArchive } from "./archive";
import { auditMacKey } from "./canonical";
import { fileLines, storedLines } from "./lines";
import { readChain } from "./stored";
import { allEntries, draft, SECRET } from "./test-kit";
import { verifyChain } from "./verify";
import { ChainWriter } from "./writer";

const redis = testRedis({ queryEngine: false });
const macKey = auditMacKey(SECRET);
let store: Store;
let chain: ChainWriter;
let folder: string;
let input: ArchiveInput;

beforeAll(() => {
  store = new Store(redis.url());
  folder = mkdtempSync(join(tmpdir(), "memory-console-archive-"));
});
beforeEach(async () => {
  await redis.flush();
  chain = new ChainWriter(store, { secret: SECRET });
  for (let at = 0; at < 12; at++) await chain.append(draft({ requestId: `r${at}` }));
  const path = join(folder, `${Math.random()}.jsonl`);
  const who = { operator: "command-line", role: "none", requestId: "archive" };
  input = { before: Date.now() + 1, path, secret: SECRET, ...who };
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

async function verifyKept() {
  const { head, base } = await readChain(store, macKey);
  const lines = async function* () {
    for await (const { line } of storedLines(store, 1, head!.seq)) yield line;
  };
  return verifyChain(lines(), { macKey, base, head });
}

test("the archive and what is kept are each whole, and the chain goes on from its head", async () => {
  const archive = await archiveEntries(store, chain, input);
  expect(archive).toMatchObject({ firstSeq: 1, lastSeq: 12, entries: 12 });
  expect(statSync(input.path).mode & 0o777).toBe(0o600);
  const head = { seq: 12, hash: archive!.lastHash };
  expect(await verifyChain(fileLines(input.path), { macKey, head })).toMatchObject({
    entries: 12,
    problems: [],
  });

  expect(await verifyKept()).toMatchObject({ entries: 2, firstSeq: 13, lastSeq: 14, problems: [] });
  const [intent, done] = await allEntries(store);
  expect([intent, done].map((entry) => [entry!.action, entry!.outcome, entry!.counts])).toEqual([
    ["audit.archive", "intent", { entries: 12 }],
    ["audit.archive", "ok", { entries: 12 }],
  ]);
  expect(done!.reason).toBe(`1-12 sha256:${archive!.sha256}`);

  // Another writer, which begins after it.
  expect((await new ChainWriter(store, { secret: SECRET }).append(draft())).seq).toBe(15);
  const next = { ...input, path: `${input.path}.2`, before: Date.now() + 1 };
  expect(await archiveEntries(store, chain, next)).toMatchObject({ firstSeq: 13, lastSeq: 15 });
  const second = await verifyChain(fileLines(next.path), { macKey, base: head });
  expect(second).toMatchObject({ entries: 3, problems: [] });
  expect(await verifyKept()).toMatchObject({ entries: 2, problems: [] });
});

test("nothing older: no file, no entry", async () => {
  expect(await archiveEntries(store, chain, { ...input, before: 1 })).toBeNull();
  expect(() => statSync(input.path)).toThrow();
  expect(await allEntries(store)).toHaveLength(12);
});

test("a file that exists is not overwritten", async () => {
  writeFileSync(input.path, "precious");
  await expect(archiveEntries(store, chain, input)).rejects.toMatchObject({ code: "conflict" });
  expect(readFileSync(input.path, "utf8")).toBe("precious");
});

test("killed after the file was written: everything is still there, and another run archives it", async () => {
  await writeArchive(store, macKey, input);
  expect(await verifyKept()).toMatchObject({ entries: 12, problems: [] });
  const again = { ...input, path: `${input.path}.again` };
  expect(await archiveEntries(store, chain, again)).toMatchObject({ entries: 12 });
  expect(await verifyKept()).toMatchObject({ problems: [] });
});

test("what cannot be written down is not trimmed, and leaves no file", async () => {
  const mirrored = new ChainWriter(store, { secret: SECRET, mirror: join(folder, "absent/mirror.jsonl") });
  await expect(archiveEntries(store, mirrored, input)).rejects.toMatchObject({ code: "audit_unavailable" });
  expect(() => statSync(input.path)).toThrow();
  expect(await verifyKept()).toMatchObject({ firstSeq: 1, problems: [] });
});

test("a chain that is not whole is not archived", async () => {
  await store.command("XDEL", consoleKeys.auditEntries(), "5-0");
  await expect(archiveEntries(store, chain, input)).rejects.toThrow("entry 5");
  expect(() => statSync(input.path)).toThrow();
});

test("two at once: one archives, the other is told", async () => {
  const other = { ...input, path: `${input.path}.other` };
  const results = await Promise.allSettled([
    archiveEntries(store, chain, input),
    archiveEntries(store, chain, other),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await verifyKept()).toMatchObject({ problems: [] });
});
