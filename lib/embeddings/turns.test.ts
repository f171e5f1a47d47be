import { expect, test } from "vitest";
import { Turns } from "./turns";

/** Work that ends when it is told to, and says that it began. */
function workOf(begun: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end,
    work: async () => {
      begun.push(name);
      await ended;
      return name;
    },
  };
}

test("a query that comes last goes before every batch that waits", async () => {
  const turns = new Turns(1, 1);
  const begun: string[] = [];
  const [first, second, query] = ["first", "second", "query"].map((name) => workOf(begun, name));
  const done = [
    turns.run("batch", first!.work),
    turns.run("batch", second!.work),
    turns.run("query", query!.work),
  ];
  first!.end();
  await done[0];
  await Promise.resolve();
  expect(begun).toEqual(["first", "query"]);
  query!.end();
  second!.end();
  expect(await Promise.all(done)).toEqual(["first", "second", "query"]);
});

test("batches leave a place free", async () => {
  const turns = new Turns(3, 2);
  const begun: string[] = [];
  const works = ["a", "b", "c"].map((name) => workOf(begun, name));
  const done = works.map(({ work }) => turns.run("batch", work));
  const query = workOf(begun, "query");
  const asked = turns.run("query", query.work);
  await Promise.resolve();
  expect(begun).toEqual(["a", "b", "query"]);
  for (const { end } of [...works, query]) end();
  await Promise.all([...done, asked]);
  expect(begun).toEqual(["a", "b", "query", "c"]);
});

test("who gives up before the turn is passed over, and a failure frees its place", async () => {
  const turns = new Turns(1, 1);
  const begun: string[] = [];
  const first = workOf(begun, "first");
  const done = turns.run("query", first.work);
  const given = new AbortController();
  const passed = turns.run("query", workOf(begun, "passed").work, given.signal);
  const failing = turns.run("query", async () => {
    throw new RangeError("no");
  });
  given.abort(new RangeError("given up"));
  await expect(passed).rejects.toThrow("given up");
  await expect(turns.run("query", async () => 1, given.signal)).rejects.toThrow("given up");
  first.end();
  await done;
  await expect(failing).rejects.toThrow("no");
  expect(await turns.run("batch", async () => 5)).toBe(5);
  expect(begun).toEqual(["first"]);
});
