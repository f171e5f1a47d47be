import { expect, test } from "vitest";
import { addressOf, labAddress, queryOfFragment, setAddress } from "./address";

const SET = "AbCdEfGhIjKlMnOpQrStUv";

test("what is none is taken as not given", () => {
  expect(addressOf({})).toEqual({ set: null, page: 1, asking: null });
  expect(addressOf({ set: SET, page: "3", ask: "ref" })).toEqual({ set: SET, page: 3, asking: "ref" });
  for (const page of ["0", "-1", "1.5", "1e9", "x"]) expect(addressOf({ page }).page).toBe(1);
  expect(addressOf({ set: ["../x", SET] }).set).toBeNull();
});

test("addresses name a set, and a question's text in the fragment alone", () => {
  expect(setAddress(SET)).toBe(`/search/evaluation?set=${SET}`);
  expect(setAddress(SET, 2)).toBe(`/search/evaluation?set=${SET}&page=2`);
  const address = labAddress("r/f", "nuts & #bolts");
  expect(address).toBe("/search?user=r%2Ff#q=nuts%20%26%20%23bolts");
  expect(queryOfFragment(address.slice(address.indexOf("#")))).toBe("nuts & #bolts");
});
