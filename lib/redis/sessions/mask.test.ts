import { afterAll, beforeEach, expect, test } from "vitest";
import { MASK } from "../../masking";
import { sealRef } from "../../refs";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { sessionKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { findMessages } from "./find-messages";
import { listSessions } from "./list-sessions";
import {
  maskFoundMessages,
  maskMessagePage,
  maskSessionCommands,
  maskSessionList,
  maskSessionSize,
  maskSessionStrip,
  maskTrimPreview,
  maskWholeMessage,
} from "./mask";
import { readMessage, readMessages } from "./read-messages";
import { sessionCommands } from "./session-commands";
import { sessionStrip } from "./session-strip";
import { previewTrim } from "./trim-session";
import { sessionSize } from "./write-session";

const redis = testRedis();
let store: Store;

const sessionId = Buffer.from(CANARY.session);
const id = { userId: CANARY_ID, sessionId };
const target = { ref: CANARY_REF, session: sealRef("session", sessionId) };

/** One of every kind; oldest first. */
const STORED = [
  JSON.stringify({ type: "human", content: CANARY.message, timestamp: 1_717_935_000 }),
  JSON.stringify({
    type: "ai",
    content: CANARY.memory,
    timestamp: 1_717_935_001_500,
    tool_calls: [{ name: "look", arguments: { who: CANARY.value } }],
    [CANARY.field]: CANARY.value,
  }),
  JSON.stringify({ type: "Wrenna", content: CANARY.message, timestamp: 1_717_935_002 }),
  JSON.stringify({ type: "tool", content: CANARY.message, timestamp: 17_076_543_210 }),
  JSON.stringify({ type: "human", content: [CANARY.message] }),
  JSON.stringify({ type: "human" }),
  JSON.stringify([CANARY.message]),
  `{"type":"human","content":"${CANARY.message}`,
  CANARY.message,
  `\xff\x00${CANARY.message}`,
  "",
  JSON.stringify({ type: "human", content: `${CANARY.memory} `.repeat(9_000) }),
  `${CANARY.value} `.repeat(20_000),
].map((text) => Buffer.from(text, "latin1"));
const texts = STORED.map((bytes) => bytes.toString("latin1"));

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  await store.command("LPUSH", sessionKey(CANARY_ID, sessionId), ...STORED);
  await store.command("LPUSH", sessionKey(CANARY_ID, Buffer.from("s1")), STORED[0]!);
  forgetPerson(store, CANARY_ID);
});
afterAll(() => store.close());

test("the canary is seen without a mask", async () => {
  expect(leaks(await readMessages(store, id), texts).length).toBeGreaterThan(20);
  expect(leaks(await listSessions(store, { userId: CANARY_ID }))).toContain("kestrel");
});

test("the list says how much and since when, and no word", async () => {
  const list = await listSessions(store, { userId: CANARY_ID });
  const masked = maskSessionList(list, hidesAll, target);
  expect(leaks(masked, texts)).toEqual([]);
  const of = (session: string) =>
    masked.sessions.find(({ ref }) => ref === sealRef("session", Buffer.from(session)));
  expect(of("s1")).toMatchObject({
    label: "s1",
    messages: 1,
    sizeBytes: 1_000,
    firstWords: `${MASK} ${MASK} ${MASK} ${MASK} ${MASK} ${MASK} ${MASK}`,
    firstWordsHuman: true,
    lastActivityMs: 1_717_935_000_000,
  });
  expect(of(CANARY.session)?.label).toMatch(/^hidden-\w{6}$/);
  expect(masked).toMatchObject({ total: 2, masked: true, nowMs: list.nowMs });
});

test("a page keeps number, order, kinds and times of its messages", async () => {
  const page = await readMessages(store, id);
  const masked = maskMessagePage(page, hidesAll, target);
  expect(leaks(masked, texts)).toEqual([]);
  for (const { digest } of page.messages) expect(JSON.stringify(masked)).not.toContain(digest);
  expect(masked.messages.map(({ position, kind, rawReason }) => [position, kind, rawReason])).toEqual(
    page.messages.map(({ position, kind, rawReason }) => [position, kind, rawReason]),
  );
  expect(masked.messages.map(({ timestampMs, timestampNote }) => timestampMs ?? timestampNote)).toEqual([
    1_717_935_000_000,
    1_717_935_001_000,
    1_717_935_002_000,
    "not-a-time",
    ...["missing", "missing"],
    ...page.messages.slice(6).map(({ timestampNote }) => timestampNote),
  ]);
  expect(masked.messages.every(({ sizeBytes, masked }) => sizeBytes === null && masked)).toBe(true);
  expect(masked).toMatchObject({ length: STORED.length, command: null, masked: true });
});

test("function calls and unknown fields leave the names that libraries write, and no value", async () => {
  const { messages } = maskMessagePage(await readMessages(store, id), hidesAll, target);
  expect(messages[1]?.extraFields).toEqual(["tool_calls", MASK]);
  expect(messages[2]).toMatchObject({ kind: "other" });
  expect(messages[2]?.type).toBeUndefined();
  expect(messages[3]?.type).toBe("tool");
});

test("a function call keeps its name, and nothing of what it is called with", async () => {
  const { messages } = maskMessagePage(await readMessages(store, id), hidesAll, target);
  expect(messages[1]?.calls).toEqual([{ name: "look", arguments: MASK, cut: false }]);
  const many = await readMessages(store, id);
  many.messages[1]!.moreCalls = 2;
  expect(maskMessagePage(many, hidesAll, target).messages[1]?.moreCalls).toBe(2);
});

test("what the parser said of broken JSON is left out", async () => {
  const page = await readMessages(store, id);
  expect(page.messages.some(({ rawDetail }) => rawDetail)).toBe(true);
  expect(leaks(page.messages.map(({ rawDetail }) => rawDetail))).toEqual([]);
  const masked = maskMessagePage(page, hidesAll, target);
  expect(masked.messages.some(({ rawDetail }) => rawDetail !== undefined)).toBe(false);
});

test("a search counts and tells no places, and takes no short words", async () => {
  const found = await findMessages(store, { ...id, words: "sister" });
  const input = { ...target, words: "sister" };
  const masked = maskFoundMessages(found, hidesAll, input);
  expect(found.positions.length).toBeGreaterThan(0);
  expect(masked).toMatchObject({ positions: [], total: found.total, masked: true });
  expect(leaks(masked, texts)).toEqual([]);
  expect(() => maskFoundMessages(found, hidesAll, { ...target, words: " k " })).toThrow(/at least 3/);
});

test("what a trim would take, and the timeline, have no word", async () => {
  const preview = await previewTrim(store, { ...id, keep: 1 });
  expect(leaks(preview, texts).length).toBeGreaterThan(0);
  const masked = maskTrimPreview(preview, hidesAll, target);
  expect(leaks(masked, texts)).toEqual([]);
  expect(masked).toMatchObject({ goes: preview.goes, length: preview.length, masked: true });
  expect(JSON.stringify(masked)).not.toContain(preview.oldestDigest);
  const seconds = Math.floor(Date.now() / 1_000);
  await store.command(
    "LPUSH",
    sessionKey(CANARY_ID, sessionId),
    JSON.stringify({ timestamp: seconds, type: "ai", content: "x" }),
  );
  const strip = await sessionStrip(store, { userId: CANARY_ID });
  expect(strip.sessions).toHaveLength(1);
  expect(leaks(maskSessionStrip(strip, hidesAll, target), texts)).toEqual([]);
});

test("commands are not there", async () => {
  const commands = await sessionCommands(store, { ...id, what: "read" });
  expect(maskSessionCommands(commands)).toEqual({ text: null, tooLong: false, masked: true });
});

test("what is no text shows neither bytes nor punctuation", async () => {
  const { messages } = maskMessagePage(await readMessages(store, id), hidesAll, target);
  const raw = messages.filter(({ kind }) => kind === "raw").map(({ text }) => text);
  expect(new Set(raw)).toEqual(new Set([MASK, ""]));
});

test("a masked reader's state of the list is recognised, and a guessed one is not", async () => {
  const page = await readMessages(store, id);
  const first = maskMessagePage(page, hidesAll, target);
  expect(maskMessagePage(page, hidesAll, { ...target, have: first.state })).toMatchObject({
    unchanged: true,
    messages: [],
  });
  expect(maskMessagePage(page, hidesAll, { ...target, have: page.state }).unchanged).toBe(false);
  await store.command("LPUSH", sessionKey(CANARY_ID, sessionId), "more");
  const later = maskMessagePage(await readMessages(store, id), hidesAll, { ...target, have: first.state });
  expect(later.unchanged).toBe(false);
  expect(later.messages.slice(0, 5).map(({ digest }) => digest)).toEqual(
    first.messages.slice(0, 5).map(({ digest }) => digest),
  );
});

test.each(STORED.map((_, position) => position))("message %i whole has no bytes", async (position) => {
  const whole = await readMessage(store, { ...id, position });
  const masked = maskWholeMessage(whole, hidesAll, target);
  expect(leaks(masked, texts)).toEqual([]);
  expect(masked).toMatchObject({ text: "", hex: "", sizeBytes: null, masked: true, position });
  expect(JSON.stringify(masked)).not.toContain(whole.digest);
});

test("a size is rounded, and never called exact", async () => {
  const exact = await sessionSize(store, { ...id, exact: true });
  const { sizeBytes, exact: isExact } = maskSessionSize(exact);
  expect(isExact).toBe(false);
  expect(sizeBytes).toBeGreaterThan(exact.sizeBytes);
  expect(String(sizeBytes)).toMatch(/^[125]0+$/);
});
