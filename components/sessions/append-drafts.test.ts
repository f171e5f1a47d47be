import { expect, test, vi } from "vitest";
import { AppendDrafts } from "./append-drafts";

function drafted(content: string) {
  const drafts = new AppendDrafts();
  drafts.change("s1", { open: true, content });
  return drafts;
}

test("two submits at once append once", async () => {
  const drafts = drafted("hello");
  const append = vi.fn(async () => {});
  await Promise.all([drafts.send("s1", append), drafts.send("s1", append)]);
  expect(append.mock.calls).toEqual([[expect.objectContaining({ content: "hello" })]]);
  expect(drafts.of("s1")).toMatchObject({ content: "", sending: false, error: null });
});

test("what is typed while a message is on its way stays, and waits for its answer", async () => {
  const drafts = drafted("first");
  const append = vi.fn(async () => drafts.change("s1", { content: "second" }));
  const first = drafts.send("s1", append);
  await drafts.send("s1", append);
  await first;
  expect(append).toHaveBeenCalledTimes(1);
  expect(drafts.of("s1").content).toBe("second");
});

test.each([
  ["", "first"],
  ["second", "first\nsecond"],
])("what was not appended goes back before %j", async (typed, content) => {
  const drafts = drafted("first");
  await drafts.send("s1", async () => {
    drafts.change("s1", { content: typed, open: false });
    throw new Error("no");
  });
  expect(drafts.of("s1")).toMatchObject({ content, open: true, sending: false, error: new Error("no") });
});

test("each session has its own draft, and nothing is sent of an empty one", async () => {
  const drafts = drafted("mine");
  const append = vi.fn(async () => {});
  await drafts.send("s2", append);
  expect(append).not.toHaveBeenCalled();
  drafts.change("s2", { type: "ai" });
  expect([drafts.of("s1"), drafts.of("s2")]).toMatchObject([
    { type: "human", content: "mine" },
    { type: "ai", content: "" },
  ]);
});

test("a draft is the same object until it changes, and who listens is told", () => {
  const drafts = drafted("a");
  const told = vi.fn();
  const off = drafts.subscribe(told);
  expect(drafts.of("s1")).toBe(drafts.of("s1"));
  drafts.change("s1", { content: "b" });
  off();
  drafts.change("s1", { content: "c" });
  expect(told).toHaveBeenCalledTimes(1);
});
