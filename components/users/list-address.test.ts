import { expect, test } from "vitest";
import { FIRST_PAGE, listAddress, parseListAddress, sortAddress } from "./list-address";
import { listUsersRequest } from "./queries";

const asked = { ...FIRST_PAGE, query: "ann@example.org + ö#1", sort: "bytes", direction: "asc" } as const;

test("what was asked comes back from the address, and what was typed is in the fragment alone", () => {
  const url = new URL(listAddress(asked), "http://x");
  expect(`${url.pathname}${url.search}`).toBe("/users?sort=bytes&direction=asc");
  expect(parseListAddress(url.searchParams, url.hash)).toEqual(asked);
});

test("another order keeps what was typed", () => {
  const url = new URL(sortAddress(asked, "memories"), "http://x");
  expect(parseListAddress(url.searchParams, url.hash)).toMatchObject({
    query: asked.query,
    sort: "memories",
    direction: null,
  });
});

test("a query before the fragment is not taken: whoever wrote that link told it to every server on the way", () => {
  expect(parseListAddress({ query: "ann", sort: "x", direction: "up" })).toEqual(FIRST_PAGE);
  expect(listAddress(FIRST_PAGE)).toBe("/users");
});

test("what is not given is left out of the question", () => {
  expect(JSON.parse(JSON.stringify(listUsersRequest(FIRST_PAGE)))).toEqual({
    query: "",
    sort: "last-activity",
  });
});
