import { describe, expect, it } from "vitest";
import { cutText, interpretMessage, type ReadBytes, readTimestamp } from "./message";

function read(message: string | Buffer | object): ReadBytes {
  const head = Buffer.isBuffer(message)
    ? message
    : Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
  return { sizeBytes: head.length, head, tail: Buffer.alloc(0) };
}

/** As the scripts cut it: the first `bytes` and the last 256. */
function readCut(message: object, bytes: number): ReadBytes {
  const whole = Buffer.from(JSON.stringify(message));
  return { sizeBytes: whole.length, head: whole.subarray(0, bytes), tail: whole.subarray(-256) };
}

describe("readTimestamp", () => {
  it.each([
    [1_717_935_001, 1_717_935_001_000, undefined],
    [1_717_935_001.25, 1_717_935_001_250, undefined],
    [1_717_935_001_000, 1_717_935_001_000, "milliseconds"],
    ["1717935001", 1_717_935_001_000, undefined],
    [undefined, null, "missing"],
    [null, null, "not-a-time"],
    [-5, null, "not-a-time"],
    [Number.POSITIVE_INFINITY, null, "not-a-time"],
    [1e20, null, "not-a-time"],
    ["yesterday", null, "not-a-time"],
    [{}, null, "not-a-time"],
  ])("%s", (value, timestampMs, timestampNote) => {
    expect(readTimestamp(value)).toEqual({ timestampMs, ...(timestampNote ? { timestampNote } : {}) });
  });
});

describe("interpretMessage", () => {
  it("reads the tutorial's messages", () => {
    expect(interpretMessage(read({ type: "human", content: "Hi", timestamp: 1_717_935_001 }))).toEqual({
      kind: "human",
      text: "Hi",
      cut: false,
      timestampMs: 1_717_935_001_000,
    });
  });

  it("shows another type for what it is, and names further fields", () => {
    const message = interpretMessage(read({ type: "tool", content: "{}", name: "clock", timestamp: 1 }));
    expect(message).toMatchObject({ kind: "other", type: "tool", extraFields: ["name"], timestampMs: 1000 });
  });

  it.each([
    ["empty", "", ""],
    ["not-json", "hello {", "hello {"],
    ["not-json", "[".repeat(9), "[".repeat(9)],
    ["other-shape", "42", "42"],
    ["other-shape", "null", "null"],
    ["other-shape", '["type"]', '["type"]'],
    ["other-shape", '{"role":"user"}', '{"role":"user"}'],
    ["type-not-text", '{"type":3,"content":"x"}', '{"type":3,"content":"x"}'],
    ["type-not-text", '{"type":null,"content":"x"}', '{"type":null,"content":"x"}'],
    ["no-type", '{"content":"x"}', '{"content":"x"}'],
    ["no-content", '{"type":"human"}', '{"type":"human"}'],
    ["content-not-text", '{"type":"ai","content":["a"]}', '{"type":"ai","content":["a"]}'],
    ["invalid-utf8", Buffer.from([0x68, 0xff, 0x69]), "h\\xffi"],
    [
      "no-type",
      '{"__proto__":{"type":"human"},"content":"x"}',
      '{"__proto__":{"type":"human"},"content":"x"}',
    ],
  ])("is raw: %s", (rawReason, bytes, text) => {
    expect(interpretMessage(read(bytes))).toMatchObject({ kind: "raw", rawReason, text, cut: false });
  });

  it.each<[string, object, object]>([
    [
      "LangChain's Redis history",
      { type: "human", data: { content: "Hi", additional_kwargs: {} } },
      { kind: "human", text: "Hi", extraFields: ["data"] },
    ],
    ["OpenAI's roles", { role: "user", content: "Hi" }, { kind: "other", type: "user", text: "Hi" }],
    [
      "text among parts",
      {
        type: "ai",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { kind: "ai", text: "a\nb" },
    ],
    [
      "LangChain's calls",
      { type: "ai", content: "", tool_calls: [{ name: "clock", args: { zone: "UTC" }, id: "1" }] },
      { kind: "ai", text: "", calls: [{ name: "clock", arguments: '{"zone":"UTC"}', cut: false }] },
    ],
    [
      "OpenAI's calls",
      { role: "assistant", content: null, tool_calls: [{ function: { name: "clock", arguments: "{}" } }] },
      { type: "assistant", text: "", calls: [{ name: "clock", arguments: "{}", cut: false }] },
    ],
    [
      "a call written twice",
      {
        type: "ai",
        content: "",
        tool_calls: [{ name: "clock", args: { a: 1 } }],
        additional_kwargs: { tool_calls: [{ function: { name: "clock", arguments: '{"a": 1}' } }] },
      },
      { calls: [{ name: "clock", arguments: '{"a":1}', cut: false }] },
    ],
    [
      "Anthropic's calls",
      {
        type: "ai",
        content: [
          { type: "text", text: "So:" },
          { type: "tool_use", name: "clock", input: {} },
        ],
      },
      { text: "So:", calls: [{ name: "clock", arguments: "{}", cut: false }] },
    ],
    [
      "a call of 200 kB",
      { type: "ai", content: "", function_call: { name: "write", arguments: "x".repeat(200_000) } },
      { calls: [{ name: "write", arguments: "x".repeat(4_000), cut: true }] },
    ],
  ])("reads %s", (_, message, expected) => {
    expect(interpretMessage(read(message))).toMatchObject(expected);
  });

  it("shows ten calls, and says how many more there are", () => {
    const tool_calls = Array.from({ length: 12 }, (_, n) => ({ name: `f${n}`, args: { n } }));
    const message = interpretMessage(read({ type: "ai", content: "", tool_calls }));
    expect(message.calls).toHaveLength(10);
    expect(message.moreCalls).toBe(2);
    const ten = { type: "ai", content: "", tool_calls: tool_calls.slice(0, 10) };
    expect(interpretMessage(read(ten))).not.toHaveProperty("moreCalls");
  });

  it("leaves parts that are no text, and no content without a call, as they are stored", () => {
    const image = { type: "human", content: [{ type: "image_url", image_url: "x" }] };
    expect(interpretMessage(read(image))).toMatchObject({ kind: "raw", rawReason: "content-not-text" });
    expect(interpretMessage(read({ type: "ai", content: null }))).toMatchObject({
      rawReason: "content-not-text",
    });
  });

  it("says where JSON breaks, and none of its words", () => {
    const broken = interpretMessage(read('{"type":"human","content":"my secret'));
    expect(broken).toMatchObject({ rawReason: "not-json", rawDetail: expect.stringMatching(/position \d+/) });
    expect(interpretMessage(read("secret")).rawDetail).toBe("Unexpected token 's'");
    expect(broken.rawDetail).not.toContain("secret");
  });

  it("survives JSON nested 10,000 deep", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(interpretMessage(read(deep))).toMatchObject({ kind: "raw", rawReason: "other-shape", cut: true });
  });

  it("takes the last of two fields with one name, as every JSON reader does", () => {
    expect(interpretMessage(read('{"type":"ai","content":"a","content":"b"}')).text).toBe("b");
  });

  it("keeps hostile content as it is: showing it safely is the page's work", () => {
    const content = "<script>alert(1)</script>\u202e\u200b\u001b[31m";
    expect(interpretMessage(read({ type: "human", content })).text).toBe(content);
  });

  it("writes half of a character pair as the escape that was stored", () => {
    expect(interpretMessage(read('{"type":"ai","content":"a\\ud83db"}')).text).toBe("a\\ud83db");
  });

  it("cuts the text at 10 kB without cutting a character", () => {
    const message = interpretMessage(read({ type: "ai", content: "é".repeat(20_000) }));
    expect(message.cut).toBe(true);
    expect(message.text).toBe("é".repeat(5_000));
  });

  it("reads speaker, beginning and time of a message that was not read whole", () => {
    const long = { type: "ai", content: `a"\\\n😀${"x".repeat(300_000)}`, timestamp: 1_717_935_001 };
    const message = interpretMessage(readCut(long, 16_384));
    expect(message).toMatchObject({ kind: "ai", cut: true, timestampMs: 1_717_935_001_000 });
    expect(message.text.startsWith('a"\\\n😀xxx')).toBe(true);
    expect(message.text).toHaveLength(9_998);
  });

  it("says so when a message that was not read whole begins with something else", () => {
    const message = interpretMessage(readCut({ id: 1, type: "ai", content: "x".repeat(300_000) }, 16_384));
    expect(message).toMatchObject({ kind: "raw", rawReason: "too-large", cut: true });
  });

  it("takes a cut character at the end of what was read for what it is", () => {
    const bytes = Buffer.from(`ab${"é".repeat(20)}`);
    const message = interpretMessage({ sizeBytes: 1e6, head: bytes.subarray(0, 5), tail: Buffer.alloc(0) });
    expect(message).toMatchObject({ kind: "raw", rawReason: "too-large", text: "abé" });
  });
});

describe("cutText", () => {
  it.each([
    ["abc", 3, "abc", false],
    ["abcd", 3, "abc", true],
    ["aé", 2, "a", true],
    ["😀😀", 4, "😀", true],
    ["😀😀", 3, "", true],
    ["", 3, "", false],
    ["abc", 0, "", true],
  ])("%s at %i", (text, bytes, start, cut) => {
    expect(cutText(text, bytes)).toEqual({ text: start, cut });
  });
});
