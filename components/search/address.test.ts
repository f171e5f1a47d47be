import { expect, test } from "vitest";
import { filtersFromAddress, labAddress, queryOfFragment } from "./address";

test("what was asked comes back from the address, and the query is in the fragment alone", () => {
  const filters = filtersFromAddress({
    user: "ref",
    mode: "text",
    k: "10",
    minImportance: "8",
    since: "2024-06-09",
  });
  const address = labAddress(filters, "nuts & bolts #1 + ö");
  expect(address.split("#")[0]).toBe("/search?user=ref&mode=text&k=10&minImportance=8&since=2024-06-09");
  const url = new URL(address, "http://x");
  expect(filtersFromAddress(Object.fromEntries(url.searchParams))).toEqual(filters);
  expect(queryOfFragment(url.hash)).toBe("nuts & bolts #1 + ö");
});

test("nonsense is taken as not given", () => {
  expect(labAddress(filtersFromAddress({ mode: "x", k: "", user: ["", "b"] }), "")).toBe("/search");
  for (const fragment of ["", "#", "#q", "#x=1", "#q=%E0%A4%A"]) {
    expect(queryOfFragment(fragment)).not.toContain("q=");
  }
});
