import { expect, test } from "vitest";
import { activeFilters, addressOf, filtersFrom, fragmentOf } from "./filters";

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
