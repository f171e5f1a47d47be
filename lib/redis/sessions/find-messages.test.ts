import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMessages } from "./find-messages";
import { findMessagesInput } from "./find-schema";
import { saidIn } from "./message";
import { id, key, message, testStores } from "./test-kit";

const open = testStores();
const write = (messages: readonly (string | Buffer)[]) => open.store.command("LPUSH", key, ...messages);
const call = (name: string, args: unknown) =>
  JSON.stringify({ type: "ai", content: "", tool_calls: [{ name, args }] });

describe.each([
  ["with scripts", () => open.store],
  ["without scripts", () => open.plain],
])("findMessages %s", (_, connection) => {
  const find = (words: string, more = {}) => findMessages(connection(), { ...id, words, ...more });
  const positions = async (words: string) => (await find(words)).positions;

  it("finds what is said, whatever the case, and the raw text of what is shown raw", async () => {
    await write([
      message("Where is my HAT?"),
      message("On your head."),
      "not json, but a hat",
      Buffer.concat([Buffer.from([0xff]), Buffer.from("hat")]),
      '{"type":"human","content":"Gr\\u00fc\\u00dfe\\nHat"}',
      JSON.stringify({ type: "human", content: { of: "hat" } }),
      JSON.stringify({ type: "ai", content: [{ type: "text", text: "a hat" }] }),
      JSON.stringify({ type: "human", data: { content: "hat" } }),
      "",
    ]);
    expect(await find("hat")).toMatchObject({
      positions: [0, 2, 3, 4, 5, 6, 7],
      total: 7,
      next: null,
      length: 9,
    });
    expect(await positions("GRÜSSE")).toEqual([]);
    expect(await positions("grüße")).toEqual([4]);
    expect(await positions("\\xffHAT")).toEqual([3]);
  });

  it("leaves field names, speakers, times and further fields alone: nobody said them", async () => {
    await write([
      JSON.stringify({ type: "human", content: "x", timestamp: 1_717_935_001, name: "hat_finder" }),
      JSON.stringify({ type: "ai", content: "\u00e4 \\u", timestamp: 1_717_935_002 }),
      JSON.stringify({ type: "human", note: "u00e4" }),
    ]);
    for (const words of ["type", "content", "time", "man", "17179", "hat_finder"]) {
      // Without a content the third is shown as it is stored.
      expect(await positions(words), words).toEqual(["type", "man"].includes(words) ? [2] : []);
    }
    expect(await positions("ä")).toEqual([1]);
    expect(await positions("\\u")).toEqual([1]);
  });

  it("finds functions and their arguments, as they are shown and as they are stored", async () => {
    await write([
      call("set_clock", { i: 11, zone: "Z\u00fcrich" }),
      JSON.stringify({
        role: "assistant",
        content: null,
        tool_calls: [{ function: { name: "look", arguments: '{"zone": "Z\\u00fcrich"}' } }],
      }),
      JSON.stringify({ type: "ai", content: [{ type: "tool_use", name: "look", input: { far: "away" } }] }),
      call("write", { text: `${"x".repeat(9_000)} needle` }),
    ]);
    expect(await positions("set_clock")).toEqual([0]);
    expect(await positions('"i":11')).toEqual([0]);
    expect(await positions('"i": 11')).toEqual([0]);
    expect(await positions("zürich")).toEqual([0, 1]);
    expect(await positions("LOOK")).toEqual([1, 2]);
    expect(await positions("away")).toEqual([2]);
    expect(await positions("needle")).toEqual([3]);
    expect(await positions("tool_calls")).toEqual([]);
  });

  it("goes over all messages in pieces, the newest first", async () => {
    for (let at = 0; at < 6; at += 1) {
      await write(Array.from({ length: 1_000 }, (_, n) => message(n % 250 === 7 ? "needle" : `straw ${n}`)));
    }
    const whole = await find("needle", { budgetMs: 60_000 });
    expect(whole).toMatchObject({ total: 24, next: null, length: 6_000 });
    const first = await find("needle", { budgetMs: 0 });
    expect(first.next).toBeGreaterThan(0);
    const { listMark } = first;
    const second = await find("needle", { before: first.next!, listMark, budgetMs: 60_000 });
    expect(second.listMark).toBe(listMark);
    expect([...second.positions, ...first.positions]).toEqual(whole.positions);
  });

  it("looks at new messages alone when it is asked from where the list ended", async () => {
    await write([message("needle"), message("hay")]);
    const { listMark } = await find("needle");
    await write([message("needle"), message("needle 2")]);
    const more = await find("needle", { from: 2, listMark });
    expect(more).toMatchObject({ positions: [2, 3], total: 2, next: null, length: 4 });
    expect(await find("needle", { from: 4, listMark: more.listMark })).toMatchObject({ total: 0 });
  });
});

describe("findMessages in a list that others change", () => {
  const find = (more = {}) => findMessages(open.store, { ...id, words: "m", ...more });

  it("begins anew in a list that was trimmed", async () => {
    await write(Array.from({ length: 50 }, (_, n) => message(`m${n}`)));
    const { listMark } = await find();
    await open.store.command("LTRIM", key, 0, 39);
    expect(await find({ from: 50, listMark })).toMatchObject({ anew: true, total: 40, next: null });
  });

  it("notices a message that was removed anywhere, also when as many came or more", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(39), fc.nat(3), fc.boolean(), async (removed, pushed, above) => {
        await open.store.command("DEL", key);
        await write(Array.from({ length: 40 }, (_, n) => message(`m${n}`)));
        const { listMark } = await find();
        await open.store.command("LREM", key, 1, message(`m${removed}`));
        if (pushed > 0) await write(Array.from({ length: pushed }, (_, n) => message(`new m${n}`)));
        const go = above ? { from: 40, listMark } : { before: 20, listMark };
        expect(await find(go)).toMatchObject({ anew: true, total: 39 + pushed });
      }),
      { numRuns: 60 },
    );
  });

  it("goes on after messages were only added", async () => {
    await write(Array.from({ length: 40 }, (_, n) => message(`m${n}`)));
    const { listMark } = await find();
    await write([message("m40")]);
    const older = await find({ before: 20, listMark });
    expect(older.total).toBe(20);
    expect(older).not.toHaveProperty("anew");
  });
});

describe("messages that are not read whole", () => {
  const find = (more: object) => findMessages(open.store, { ...id, words: "m", ...more });

  it("searches the first megabyte of longer messages", async () => {
    await write([message(`early ${"x ".repeat(600_000)} late`), message("late")]);
    expect(await find({ words: "early" })).toMatchObject({ positions: [0], cutMessages: 1 });
    expect(await find({ words: "late" })).toMatchObject({ positions: [1], cutMessages: 1 });
    expect(await find({ words: "human" })).toMatchObject({ positions: [] });
  });
});

describe("what is passed over without parsing", () => {
  it("never says the words", async () => {
    const words = fc.constantFrom(
      "é",
      "\u00df",
      "\\",
      '"',
      "u00e9",
      "a",
      "A ",
      "type",
      "\ud83d",
      "Σ",
      "i\u0307",
      "İ",
      "\n",
    );
    const text = fc.array(words, { maxLength: 6 }).map((parts) => parts.join(""));
    const stored = fc.oneof(
      text.map((content) => message(content)),
      text,
      fc
        .array(text, { maxLength: 3 })
        .map((texts) =>
          JSON.stringify({ type: "ai", content: texts.map((part) => ({ type: "text", text: part })) }),
        ),
      fc.tuple(text, text).map(([name, args]) => call(name, { [args]: 1 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { minLength: 1, maxLength: 6 }), text, async (list, looked) => {
        fc.pre(looked !== "");
        await open.store.command("DEL", key);
        await write(list);
        const { positions } = await findMessages(open.store, { ...id, words: looked });
        const expected = list.flatMap((bytes, at) => {
          const head = Buffer.from(bytes);
          const said = saidIn({ sizeBytes: head.length, head, tail: Buffer.alloc(0) });
          return said.some((one) => one.toLowerCase().includes(looked.toLowerCase())) ? [at] : [];
        });
        expect(positions).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

it("takes words without the spaces around them, and not spaces alone", () => {
  const target = { ref: "r", session: "s" };
  expect(findMessagesInput.parse({ ...target, words: " two words  " }).words).toBe("two words");
  expect(findMessagesInput.safeParse({ ...target, words: "   " }).success).toBe(false);
});
