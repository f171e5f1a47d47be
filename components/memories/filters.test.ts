import { expect, test } from "vitest";
import { activeFilters, addressOf, contradictionOf, filtersFrom, fragmentOf } from "./filters";

const filters = { category: "personal", minImportance: "7", text: "knee surgery + ö#1", withLife: "1" };

test("what was asked comes back from the address, and what was typed is in the fragment alone", () => {
  const url = new URL(addressOf("/users/r/memories", filters, "m"), "http://x");
  expect(`${url.pathname}${url.search}`).toBe(
    "/users/r/memories?category=personal&minImportance=7&withLife=1&memory=m",
  );
  expect(filtersFrom(Object.fromEntries(url.searchParams), url.hash)).toEqual(filters);
});

test("a text before the fragment is not taken: whoever wrote that link told it to every server on the way", () => {
  expect(filtersFrom({ text: "knee", category: "", sort: ["a", "b"] })).toEqual({});
  expect(addressOf("/users/r/memories", {})).toBe("/users/r/memories");
  expect(fragmentOf("")).toBe("");
});

test("a text in the fragment narrows, and is never longer than the server takes", () => {
  expect(activeFilters(filtersFrom({ sort: "newest" }, "#text=knee"))).toEqual(["text"]);
  expect(filtersFrom({}, fragmentOf("x".repeat(500))).text).toHaveLength(200);
});

test.each([
  [{}, null],
  [{ minImportance: "9", maxImportance: "10" }, null],
  [{ minImportance: "2", maxImportance: "2", since: "2026-03-04", until: "2026-03-04" }, null],
  [{ minImportance: "9", maxImportance: "2" }, "The least importance, 9, is above the greatest, 2."],
  [{ minImportance: "10", maxImportance: "9" }, "The least importance, 10, is above the greatest, 9."],
  [{ since: "2026-03-05", until: "2026-03-04" }, "The first day, 2026-03-05, is after the last, 2026-03-04."],
  [{ since: "2026-03-05" }, null],
])("%j that contradict each other are named", (filters, words) => {
  expect(contradictionOf(filters)).toBe(words);
});
