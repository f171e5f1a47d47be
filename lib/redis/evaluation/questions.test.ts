/** Sets and their questions on a real Redis: kept, changed, brought in, taken out, and gone with their person. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { countConsoleState, eraseConsoleState } from "../erasure/console-state";
import { toText } from "../store/reply";
import { Store } from "../store/store";
import { readQuestions } from "./question-store";
import { deleteQuestion, exportQuestions, importQuestions, saveQuestion } from "./questions";
import { createSet, deleteSet, listSets, readSet, renameSet } from "./sets";
import { ALICE, ALICE_REF, LINES, memoryRef, newSet, writeAliceMemories } from "./test-kit";

const redis = testRedis();
let store: Store;
let set: string;

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  await writeAliceMemories(store);
  set = await newSet(store);
});

const draft = (changes: Partial<Parameters<typeof saveQuestion>[2]> = {}) => ({
  set,
  question: null,
  userId: ALICE,
  query: "which nuts",
  expected: [memoryRef("personal:001")],
  ...changes,
});
const page = async (number = 1) => readSet(store, store, { set, page: number });

test("a question is shown with the memories it expects, as they are now", async () => {
  const { id } = await saveQuestion(store, store, draft());
  expect(await page()).toMatchObject({
    name: "First set",
    createdBy: "dora",
    questions: 1,
    people: 1,
    pages: 1,
    runs: [],
    job: null,
    shown: [
      {
        id,
        userRef: ALICE_REF,
        userLabel: "alice",
        query: "which nuts",
        expected: [{ category: "personal", number: "001", content: "allergic to shellfish and nuts" }],
      },
    ],
  });
  await store.command("HSET", "user:alice:personal:001", "user_id", "mallory");
  expect((await page()).shown[0]!.expected[0]!.content).toBeNull();
  await store.command("UNLINK", "user:alice:personal:001");
  expect((await page()).shown[0]!.expected[0]!.content).toBeNull();
});

test("a question is changed in place, and deleted", async () => {
  const { id } = await saveQuestion(store, store, draft());
  const expected = [memoryRef("pref:001"), memoryRef("pref:002"), memoryRef("pref:001")];
  await saveQuestion(store, store, draft({ question: id, query: "mornings", expected }));
  const [question] = (await page()).shown;
  expect(question).toMatchObject({ id, query: "mornings" });
  expect(question!.expected.map(({ number }) => number)).toEqual(["001", "002"]);
  expect(await deleteQuestion(store, { set, id, userId: ALICE })).toEqual({ deleted: true });
  expect(await deleteQuestion(store, { set, id, userId: ALICE })).toEqual({ deleted: false });
  await expect(saveQuestion(store, store, draft({ question: id }))).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what the person does not have cannot be expected", async () => {
  await store.command("HSET", "user:alice:pref:009", "user_id", "mallory", "content", "of another");
  for (const name of ["pref:404", "pref:009"]) {
    await expect(saveQuestion(store, store, draft({ expected: [memoryRef(name)] }))).rejects.toMatchObject({
      code: "not_found",
      details: { field: "expected" },
    });
  }
  await expect(saveQuestion(store, store, draft({ expected: [ALICE_REF] }))).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(saveQuestion(store, store, draft({ set: "nowhere" }))).rejects.toMatchObject({
    code: "not_found",
  });
});

test("sets have names of their own, in order, and go with their questions", async () => {
  const other = await newSet(store, "Another set");
  await importQuestions(store, { set, lines: LINES });
  await importQuestions(store, { set: other, lines: LINES });
  await expect(createSet(store, { name: "FIRST SET", by: "dora" })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(renameSet(store, { set: other, name: "first set" })).rejects.toMatchObject({
    code: "conflict",
  });
  await renameSet(store, { set: other, name: "Zebra" });
  expect((await listSets(store)).sets).toMatchObject([
    { name: "First set", questions: 3, people: 1, lastRun: null },
    { name: "Zebra", questions: 3, people: 1 },
  ]);
  expect(await deleteSet(store, { set })).toEqual({ questions: 3, runs: 0 });
  expect((await listSets(store)).sets).toMatchObject([{ name: "Zebra", questions: 3 }]);
  await expect(deleteSet(store, { set })).rejects.toMatchObject({ code: "not_found" });
  await expect(page()).rejects.toMatchObject({ code: "not_found" });
});

describe("JSON Lines", () => {
  test("come in, go out the same, and are known the second time", async () => {
    expect(await importQuestions(store, { set, lines: `\n${LINES}\r\n\n` })).toEqual({ added: 3, known: 0 });
    const { lines, count } = await exportQuestions(store, { set });
    expect(lines.trim().split("\n").sort()).toEqual(LINES.split("\n").sort());
    expect(count).toBe(3);
    expect(await importQuestions(store, { set, lines })).toEqual({ added: 0, known: 3 });
    expect((await page()).questions).toBe(3);
  });

  test("ids and names of any bytes come back", async () => {
    const line = { user: "a\\xff:b\\x0a", query: "x", expect: ["c\\x00t:n 1"] };
    await importQuestions(store, { set, lines: JSON.stringify(line) });
    expect(JSON.parse((await exportQuestions(store, { set })).lines)).toEqual(line);
  });

  test.each([
    ["", /no line/],
    ["{", /Line 1 is no JSON/],
    [`${LINES}\nnull`, /Line 4 has no user/],
    [JSON.stringify({ user: "", query: "x", expect: ["a:1"] }), /Line 1 has no user/],
    [JSON.stringify({ user: "alice", query: " ", expect: ["a:1"] }), /Line 1 has no query/],
    [JSON.stringify({ user: "alice", query: "a\nb", expect: ["a:1"] }), /Line 1 has no query/],
    [JSON.stringify({ user: "alice", query: "x", expect: [] }), /Line 1 must expect/],
    [JSON.stringify({ user: "alice", query: "x", expect: "a:1" }), /Line 1 must expect/],
    [JSON.stringify({ user: "alice", query: "x", expect: ["a"] }), /Line 1 expects something/],
    [JSON.stringify({ user: "alice", query: "x", expect: ["a:1:2"] }), /Line 1 expects something/],
    [JSON.stringify({ user: "alice", query: "x", expect: [null] }), /Line 1 expects something/],
    [`${LINES}\n`.repeat(400), /At most 1000 lines/],
  ])("%j is refused as a whole", async (lines, message) => {
    await expect(importQuestions(store, { set, lines })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(message),
    });
    expect((await page()).questions).toBe(0);
  });
});

test("nothing of a question can be read in the console's state", async () => {
  await saveQuestion(store, store, draft());
  const reply = await store.command("HGETALL", consoleKeys.recallQuestions(subjectOf(ALICE)));
  const kept = JSON.stringify(reply);
  const bytes = Buffer.concat((reply as Buffer[]).map((part) => part)).toString("latin1");
  for (const word of ["alice", "nuts", "personal", "001"]) {
    expect(kept).not.toContain(word);
    expect(bytes).not.toContain(word);
  }
  // Sealed for its place: moved under another name it does not open.
  const [field, value] = (reply as Buffer[]).map((part) => toText(part));
  await store.command("HSET", consoleKeys.recallQuestions(subjectOf(ALICE)), `${field}x`, value!);
  expect(await readQuestions(store, null)).toHaveLength(1);
});

test("questions go with their person, and those of others stay", async () => {
  await importQuestions(store, { set, lines: LINES.replace('"alice"', '"Alice"') });
  expect(await countConsoleState(store, ALICE)).toBe(2);
  expect(await eraseConsoleState(store, ALICE)).toBe(2);
  expect((await page()).shown.map(({ userLabel }) => userLabel)).toEqual(["Alice"]);
  expect(await store.command("SISMEMBER", consoleKeys.recallPeople(), subjectOf(ALICE))).toBe(0);
  expect(await countConsoleState(store, ALICE)).toBe(0);
});
