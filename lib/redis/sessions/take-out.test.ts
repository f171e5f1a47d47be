import { describe, expect, it } from "vitest";
import { sessionKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { downloadSession } from "./download-session";
import { sessionCommands } from "./session-commands";
import { sessionStrip } from "./session-strip";
import { id, key, message, testStores } from "./test-kit";
import { previewTrim } from "./trim-session";

const open = testStores();
const write = (messages: readonly (string | Buffer)[]) => open.store.command("LPUSH", key, ...messages);

describe("downloadSession", () => {
  const linesOf = async (response: Response) =>
    (await response.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("loses no byte", async () => {
    const big = '{"type":"ai",\n"content":"x","id":12345678901234567890}';
    await write([message("a"), big, "plain \u2028 text", Buffer.from([0xff, 0x0a]), ""]);
    const response = await downloadSession(open.store, id);
    const text = await response.clone().text();
    expect(text).toContain("12345678901234567890");
    expect(await linesOf(response)).toEqual([
      { position: 0, message: { type: "human", content: "a" } },
      { position: 1, message: JSON.parse(big) },
      { position: 2, text: "plain \u2028 text" },
      { position: 3, base64: "/wo=" },
      { position: 4, text: "" },
      { end: true, messages: 5, gaps: 0 },
    ]);
  });

  it("misses nothing that stayed while an assistant trims and writes", async () => {
    await write(Array.from({ length: 9_000 }, (_, n) => message(`m${n}`)));
    const response = await downloadSession(open.store, id);
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let step = 0; ; step += 1) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value);
      if (step < 5)
        await open.store.transaction([
          ["LPUSH", key, message(`new${step}`)],
          ["LTRIM", key, 0, 8_980 - step * 20],
        ]);
    }
    const lines = text.trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ end: true, gaps: 0 });
    const contents = lines
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { message: { content: string } }).message.content);
    expect(new Set(contents).size).toBe(contents.length);
    expect(contents.filter((content) => content.startsWith("m"))).toHaveLength(9_000);
  });
});

describe("sessionCommands", () => {
  it("recreate the list when they are sent", async () => {
    const list = [message('say "hi"\n'), Buffer.from([0xff, 0x00, 0x22, 0x5c]), ""];
    await write(list);
    await open.store.command("PEXPIRE", key, 90_000);
    const { text } = await sessionCommands(open.store, { ...id, what: "recreate" });
    expect(text!.trimEnd().split("\n")).toHaveLength(5);
    expect(text).toContain('\\xff\\x00\\"');
    expect(await sessionCommands(open.store, { ...id, what: "read" })).toEqual({
      text: "LRANGE user:alice:history:s1 0 -1",
      tooLong: false,
    });
    await write(Array(600).fill("x"));
    expect(await sessionCommands(open.store, { ...id, what: "recreate" })).toEqual({
      text: null,
      tooLong: true,
    });
  });
});

describe("previewTrim", () => {
  it("shows the first and the last that would go", async () => {
    await write(Array.from({ length: 10 }, (_, n) => message(`m${n}`)));
    const { goes, length, messages } = await previewTrim(open.store, { ...id, keep: 4 });
    expect({ goes, length }).toEqual({ goes: 6, length: 10 });
    expect(messages.map(({ text }) => text)).toEqual(["m0", "m1", "m4", "m5"]);
    expect((await previewTrim(open.store, { ...id, keep: 9 })).messages.map(({ text }) => text)).toEqual([
      "m0",
    ]);
    expect((await previewTrim(open.store, { ...id, keep: 20 })).messages).toEqual([]);
  });
});

describe("sessionStrip", () => {
  it.each([
    ["with scripts", () => open.store],
    ["without scripts", () => open.plain],
  ])("%s, draws the sessions of the last 90 days, the latest first", async (name, connection) => {
    const day = 86_400;
    const now = Math.floor(Date.now() / 1_000);
    const of = (session: string) => sessionKey(id.userId, Buffer.from(session));
    await open.store.command(
      "LPUSH",
      of("new"),
      ...Array.from({ length: 200 }, (_, n) => message("x", now - 200 + n)),
    );
    await open.store.command("LPUSH", of("old"), message("x", now - 80 * day), message("x", now - 79 * day));
    await open.store.command("LPUSH", of("ancient"), message("x", now - 200 * day));
    await open.store.command("LPUSH", of("timeless"), "not json");
    const strip = await sessionStrip(connection(), { userId: id.userId });
    expect(strip.sessions.map(({ label, sampled }) => [label, sampled])).toEqual([
      ["new", true],
      ["old", false],
    ]);
    expect(strip.sessions[0]!.timesMs).toHaveLength(name === "with scripts" ? 60 : 10);
    expect(strip).toMatchObject({ looked: 4, total: 4, complete: true });
  });

  it.each([
    ["with scripts", () => open.store],
    ["without scripts", () => open.plain],
  ])("%s, draws a session whose newest message has no time, as the list dates it", async (_, connection) => {
    const at = Math.floor(Date.now() / 1_000) - 10 * 86_400;
    const straw = Array.from({ length: 200 }, () => "no time");
    await write([...straw, message("x", at), "not json", message("no time")]);
    forgetPerson(connection(), id.userId);
    const strip = await sessionStrip(connection(), { userId: id.userId });
    expect(strip.sessions).toMatchObject([{ label: "s1", messages: 203, timesMs: [at * 1_000] }]);
  });
});
