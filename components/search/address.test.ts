import { expect, test } from "vitest";
import { filtersFromAddress, labAddress, NO_FILTERS, queryOfFragment, whyAddress } from "./address";
import { DEFAULT_DRAFT, readSettings } from "./settings-draft";

const back = (address: string) => {
  const url = new URL(address, "http://x");
  return {
    filters: filtersFromAddress(Object.fromEntries(url.searchParams)),
    query: queryOfFragment(url.hash),
  };
};

test("what was asked comes back from the address, and the query is in the fragment alone", () => {
  const filters = {
    ...NO_FILTERS,
    user: "ref",
    minImportance: "8",
    since: "2024-06-09",
    settings: { ...DEFAULT_DRAFT, mode: "text" as const, k: "10", textWeight: "3", maxDistance: "0.7" },
  };
  const address = labAddress(filters, "nuts & bolts #1 + ö");
  expect(address.split("#")[0]).toBe(
    "/search?user=ref&mode=text&k=10&maxDistance=0.7&textWeight=3&minImportance=8&since=2024-06-09",
  );
  expect(back(address)).toEqual({ filters, query: "nuts & bolts #1 + ö" });
});

test("a comparison and an expected memory are in the address too", () => {
  const other = { ...DEFAULT_DRAFT, mode: "vector" as const, index: "idx:other", matchShare: false };
  const filters = { ...NO_FILTERS, user: "ref", memory: "m", other };
  expect(back(labAddress(filters, "")).filters).toEqual(filters);
  const plain = { ...NO_FILTERS, other: DEFAULT_DRAFT };
  expect(labAddress(plain, "")).toBe("/search?compare=1");
  expect(whyAddress("u", "m", "tea")).toBe("/search?user=u&memory=m#q=tea");
});

test("nonsense is taken as not given", () => {
  expect(labAddress(filtersFromAddress({ mode: "x", k: "", user: ["", "b"] }), "")).toBe("/search");
  for (const fragment of ["", "#", "#q", "#x=1", "#q=%E0%A4%A"]) {
    expect(queryOfFragment(fragment)).not.toContain("q=");
  }
});

test("settings are read, and each wrong one is named", () => {
  expect(readSettings(DEFAULT_DRAFT)).toMatchObject({ settings: { k: 5, maxDistance: null }, problems: {} });
  const wrong = { ...DEFAULT_DRAFT, k: "1.5", textWeight: "-1", vectorWeight: "x", maxDistance: "0.5" };
  const read = readSettings(wrong);
  expect(Object.keys(read.problems).sort()).toEqual(["k", "textWeight", "vectorWeight"]);
  expect(read.settings.maxDistance).toBe(0.5);
});
