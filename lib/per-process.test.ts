import { expect, test, vi } from "vitest";

/** As Next loads a module: once for pages, once more for route handlers. */
async function copies() {
  const pages = await import("./per-process");
  vi.resetModules();
  const routes = await import("./per-process");
  expect(routes.perProcess).not.toBe(pages.perProcess);
  return { pages, routes };
}

test("one thing of a name for all copies of a module", async () => {
  const { pages, routes } = await copies();
  const made = pages.perProcess("of this test", () => new Map<string, number>());
  expect(routes.perProcess("of this test", () => new Map())).toBe(made);
  expect(routes.perProcess("another", () => new Map())).not.toBe(made);
});

test("what is nothing yet is made once all the same, and what could not be made is tried again", async () => {
  const { pages } = await copies();
  const make = vi.fn(() => undefined);
  pages.perProcess("nothing", make);
  pages.perProcess("nothing", make);
  expect(make).toHaveBeenCalledTimes(1);

  const refuse = () => {
    throw new Error("not now");
  };
  expect(() => pages.perProcess("late", refuse)).toThrow("not now");
  expect(pages.perProcess("late", () => "here")).toBe("here");
});

test("one for each owner and name, made with what the first asker gave", async () => {
  const { pages, routes } = await copies();
  const make = (owner: { id: string }, greeting: string) => ({ said: `${greeting} ${owner.id}` });
  const inPages = pages.perOwner("greeting", make);
  const inRoutes = routes.perOwner("greeting", make);
  const [ada, bob] = [{ id: "ada" }, { id: "bob" }];

  const first = inPages(ada, "hello");
  expect(first).toEqual({ said: "hello ada" });
  expect(inRoutes(ada, "good day")).toBe(first);
  expect(inRoutes(bob, "good day")).toEqual({ said: "good day bob" });
  expect(pages.perOwner("farewell", make)(ada, "bye")).not.toBe(first);
});
