import { expect, test, vi } from "vitest";
import { httpStatus, SafeError } from "./errors";

test("an error of another copy of this module is known for what it is", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.SafeError).not.toBe(SafeError);
  const foreign = new other.SafeError("conflict", "It changed.", { hint: "Look again." });
  expect(foreign instanceof SafeError).toBe(true);
  expect((foreign as SafeError).toDto()).toEqual({
    code: "conflict",
    message: "It changed.",
    hint: "Look again.",
  });
});

test("any other error is none of ours, whatever it looks like", () => {
  for (const thrown of [
    new Error("x"),
    new TypeError("x"),
    { name: "SafeError" },
    "SafeError",
    null,
    undefined,
  ]) {
    expect(thrown instanceof SafeError).toBe(false);
  }
});

test("every code has the status of its kind", () => {
  expect(httpStatus("invalid_input")).toBe(400);
  expect(httpStatus("store_unreachable")).toBe(503);
  expect(httpStatus("outcome_unknown")).toBe(504);
  expect(httpStatus("internal")).toBe(500);
});
