import fc from "fast-check";
import { expect, test } from "vitest";
import { auditMacKey, GENESIS, hashOf, lineOf, parseLine, seal } from "./canonical";
import type { ChainReport, VerifyOptions } from "./chain-report";
import type { AuditEntry } from "./entry";
import { draft, SECRET } from "./test-kit";
import { verifyChain } from "./verify";

const macKey = auditMacKey(SECRET);

function chainOf(length: number, from = 1, before = GENESIS): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let at = 0; at < length; at++) {
    const prev = entries[at - 1]?.hash ?? before;
    const said = draft({
      requestId: `r${at}`,
      reason: at % 3 ? null : `„${at}“ — é \u2028`,
      counts: { b: at, a: 1 },
    });
    entries.push(seal(said, { seq: from + at, timeMs: 1_000 + at, prev }, macKey));
  }
  return entries;
}

const verify = (lines: string[], options: Partial<VerifyOptions> = {}) =>
  verifyChain(lines, { macKey, ...options });
const headOf = (entries: AuditEntry[]) => ({ seq: entries.at(-1)!.seq, hash: entries.at(-1)!.hash });
const names = (report: ChainReport, seq: number) =>
  report.problems.some((problem) => problem.seq <= seq && seq <= (problem.to ?? problem.seq));
const said = (report: ChainReport) =>
  report.problems.map(({ seq, to, kind }) => `${kind} ${to ? `${seq}-${to}` : seq}`);

test("a whole chain has no problem, from its beginning and from its base", async () => {
  const entries = chainOf(30);
  const lines = entries.map(lineOf);
  for (const key of [macKey, null]) {
    const report = await verify(lines, { macKey: key, head: headOf(entries) });
    expect(report).toMatchObject({ entries: 30, firstSeq: 1, lastSeq: 30, problems: [], notes: [] });
    const kept = await verify(lines.slice(10), {
      macKey: key,
      base: headOf(entries.slice(0, 10)),
      head: headOf(entries),
    });
    expect(said(kept)).toEqual([]);
  }
});

const ten = chainOf(10);
const L = ten.map(lineOf);
const forge = (entry: AuditEntry, some: Partial<AuditEntry>) => {
  const changed = { ...entry, ...some };
  return lineOf({ ...changed, hash: hashOf(changed) });
};

test.each<[string, string[], string[]]>([
  ["dropped in the middle", [...L.slice(0, 4), ...L.slice(5)], ["dropped 5"]],
  ["dropped at the beginning", L.slice(3), ["dropped 1-3"]],
  ["a run dropped", [...L.slice(0, 4), ...L.slice(7)], ["dropped 5-7"]],
  ["cut off", L.slice(0, 8), ["cut 9-10"]],
  ["nothing left", [], ["cut 1-10"]],
  ["neighbours swapped", [...L.slice(0, 4), L[5]!, L[4]!, ...L.slice(6)], ["swapped 5", "swapped 6"]],
  ["the last two swapped", [...L.slice(0, 8), L[9]!, L[8]!], ["swapped 9", "swapped 10"]],
  ["the first two swapped", [L[1]!, L[0]!, ...L.slice(2)], ["swapped 1", "swapped 2"]],
  [
    "far ones swapped",
    [...L.slice(0, 2), L[7]!, ...L.slice(3, 7), L[2]!, ...L.slice(8)],
    ["swapped 3", "swapped 8"],
  ],
  ["edited", [...L.slice(0, 4), L[4]!.replace('"ok"', '"refused"'), ...L.slice(5)], ["edited 5"]],
  [
    "edited with its hash",
    [...L.slice(0, 4), forge(ten[4]!, { outcome: "refused" }), ...L.slice(5)],
    ["edited 5"],
  ],
  [
    "spelled otherwise",
    [...L.slice(0, 4), L[4]!.replace('"seq":5', '"seq":5.0'), ...L.slice(5)],
    ["edited 5"],
  ],
  ["renumbered", [...L.slice(0, 4), L[4]!.replace('"seq":5', '"seq":7'), ...L.slice(5)], ["edited 5"]],
  ["a key more", [...L.slice(0, 4), L[4]!.replace("{", '{"x":1,'), ...L.slice(5)], ["not-an-entry 5"]],
  ["a copy behind it", [...L.slice(0, 5), L[4]!, ...L.slice(5)], ["added 5"]],
  ["a copy later", [...L.slice(0, 8), L[4]!, ...L.slice(8)], ["added 5"]],
  ["a copy earlier", [...L.slice(0, 2), L[6]!, ...L.slice(2)], ["added 7"]],
  [
    "forged before the genuine one",
    [...L.slice(0, 4), forge(ten[4]!, { action: "x" }), ...L.slice(4)],
    ["added 5"],
  ],
  [
    "forged with an invented number",
    [...L.slice(0, 4), forge(ten[4]!, { seq: 999 }), ...L.slice(4)],
    ["added 5"],
  ],
  ["forged at the end", [...L, forge(ten[9]!, { seq: 11, prev: ten[9]!.hash })], ["added 11"]],
  ["a line of something else", [...L.slice(0, 4), "hello", ...L.slice(4)], ["not-an-entry 5"]],
  ["an empty line", [...L.slice(0, 4), "", ...L.slice(4)], ["not-an-entry 5"]],
  ["replaced by something else", [...L.slice(0, 4), "{}", ...L.slice(5)], ["not-an-entry 5"]],
  ["torn at the end", [...L.slice(0, 9), L[9]!.slice(0, 50)], ["torn 10", "cut 10"]],
])("is found: %s", async (_, lines, problems) => {
  expect(said(await verify(lines, { head: headOf(ten) }))).toEqual(problems);
});

test("a torn line whose entry follows whole is no tampering, even amid a character", async () => {
  const bytes = Buffer.from(L[3]!);
  const torn = bytes.subarray(0, bytes.indexOf("„") + 1).toString("utf8");
  const report = await verify([...L.slice(0, 3), torn, ...L.slice(3)], { head: headOf(ten) });
  expect(report.problems).toEqual([]);
  expect(report.notes).toEqual([{ seq: 4, note: expect.stringContaining("torn") }]);
});

test("without the secret a rewritten rest is found by the head alone", async () => {
  const other = chainOf(10).map((entry, at) => ({ ...entry, reason: at >= 5 ? "changed" : entry.reason }));
  let prev = ten[4]!.hash;
  const lines = other.map((entry, at) => {
    if (at < 5) return L[at]!;
    const changed = { ...entry, prev };
    prev = hashOf(changed);
    return lineOf({ ...changed, hash: prev });
  });
  expect(said(await verify(lines, { macKey: null }))).toEqual([]);
  expect(said(await verify(lines, { macKey: null, head: headOf(ten) }))).toEqual(["edited 10"]);
  expect((await verify(lines)).problems).toHaveLength(5);
});

const runs = { numRuns: Number(process.env.FC_RUNS ?? 500) };
const chains = fc.integer({ min: 3, max: 25 }).map((length) => chainOf(length));

test("property: one tampering of any kind is named by its sequence", async () => {
  const kinds = fc.constantFrom("drop", "swap", "edit", "rehash", "copy", "forge", "garbage", "replace");
  await fc.assert(
    fc.asyncProperty(chains, kinds, fc.nat(), fc.nat(), fc.boolean(), async (entries, kind, a, b, hasKey) => {
      const lines = entries.map(lineOf);
      const at = a % lines.length;
      const to = b % lines.length;
      const seq = at + 1;
      const changed = { ...entries[at]!, operator: "somebody-else" };
      if (kind === "drop") lines.splice(at, 1);
      if (kind === "swap") [lines[at], lines[to]] = [lines[to]!, lines[at]!];
      if (kind === "edit") lines[at] = lineOf(changed);
      if (kind === "rehash") lines[at] = lineOf({ ...changed, hash: hashOf(changed) });
      if (kind === "copy") lines.splice(to, 0, lines[at]!);
      if (kind === "forge") lines.splice(at, 0, lineOf({ ...changed, hash: hashOf(changed) }));
      if (kind === "garbage") lines.splice(at, 0, "garbage");
      if (kind === "replace") lines[at] = "garbage";
      const report = await verify(lines, { macKey: hasKey ? macKey : null, head: headOf(entries) });
      const isUnchanged = kind === "swap" && at === to;
      expect(names(report, seq), said(report).join(", ")).toBe(!isUnchanged);
      if (kind === "swap") expect(names(report, to + 1), said(report).join(", ")).toBe(!isUnchanged);
    }),
    runs,
  );
});

test("property: whatever is done to the lines, a chain that is not the original one is never called whole", async () => {
  const edit = fc.record({
    kind: fc.constantFrom("drop", "swap", "flip", "copy", "insert", "truncate"),
    at: fc.nat(),
    to: fc.nat(),
    byte: fc.integer({ min: 32, max: 126 }),
  });
  await fc.assert(
    fc.asyncProperty(
      chains,
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (entries, edits, hasKey) => {
        const original = entries.map(lineOf);
        const lines = [...original];
        for (const { kind, at, to, byte } of edits) {
          if (lines.length === 0) break;
          const [x, y] = [at % lines.length, to % lines.length];
          const line = lines[x]!;
          const column = to % Math.max(line.length, 1);
          if (kind === "drop") lines.splice(x, 1);
          if (kind === "swap") [lines[x], lines[y]] = [lines[y]!, lines[x]!];
          if (kind === "flip")
            lines[x] = `${line.slice(0, column)}${String.fromCharCode(byte)}${line.slice(column + 1)}`;
          if (kind === "copy") lines.splice(y, 0, line);
          if (kind === "insert") lines.splice(x, 0, String.fromCharCode(byte));
          if (kind === "truncate") lines[x] = line.slice(0, column);
        }
        // Without the secret a MAC cannot be judged; with it, everything can.
        const seen = (line: string) => (hasKey ? line : line.replace(/"mac":"[0-9a-f]{64}"/, ""));
        const isEntry = (line: string | undefined) => line !== undefined && parseLine(line) !== null;
        // Half a line is forgiven right before its entry, and not before another half.
        const isTorn = (line: string, next: string | undefined) =>
          line !== "" && !isEntry(line) && isEntry(next) && next!.startsWith(line);
        const kept = lines.filter((line, at) => !isTorn(line, lines[at + 1]));
        const isSame =
          kept.length === original.length && kept.every((line, at) => seen(line) === seen(original[at]!));
        const report = await verify(lines, { macKey: hasKey ? macKey : null, head: headOf(entries) });
        if (isSame) expect(said(report)).toEqual([]);
        else expect(report.problems.length, said(report).join(", ")).toBeGreaterThan(0);
      },
    ),
    runs,
  );
});
