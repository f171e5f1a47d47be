import { describe, expect, it, test } from "vitest";
import { ConsoleError } from "@/components/query/console-error";
import { MAX_LIMIT, MAX_OVERRIDE_MS } from "@/lib/redis/limiter/limit-bounds";
import { draftOf, endChoices, raisedLimit, refusedBy, untilOf } from "./set-limit-input";
import { limitsOf, NOW } from "./test-kit";

const [minute] = limitsOf().windows as [ReturnType<typeof limitsOf>["windows"][0]];
const override = {
  limit: 200,
  untilMs: NOW + 7,
  reason: "a load test",
  setBy: "x",
  setById: null,
  setAtMs: 1,
};
const own = { ...minute, limit: 200, limitSource: "override" as const, override };

describe("the form opens with what holds", () => {
  it("with the end and the reason of a person's own limit, and for everyone with the default", () => {
    expect(draftOf(own, false)).toEqual({ own: "200", everyones: "60", end: "kept", reason: "a load test" });
    expect(draftOf({ ...own, override: { ...override, untilMs: null } }, false).end).toBe("never");
    expect(draftOf(minute, false)).toEqual({ own: "60", everyones: "60", end: "never", reason: "" });
  });

  it("without a reason that is masked", () => {
    expect(draftOf(own, true).reason).toBe("");
  });

  it("offers an end to be kept only where there is one", () => {
    expect(endChoices(null).map(({ value }) => value)).not.toContain("kept");
    expect(endChoices(NOW)[0]).toEqual({
      value: "kept",
      label: expect.stringMatching(/^As now, until .*2024/),
    });
  });
});

describe("the end", () => {
  const local = (ms: number) => {
    const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
    return date.toISOString().slice(0, 16);
  };
  it("is kept until it has come", () => {
    expect(untilOf("kept", "", NOW, NOW + 7)).toEqual({ untilMs: NOW + 7 });
    expect(untilOf("kept", "", NOW + 7, NOW + 7).error).toMatch(/choose another/);
  });
  it("is a whole number of ms, whatever the clock says", () => {
    expect(untilOf("3600", "", NOW + 0.5)).toEqual({ untilMs: NOW + 1 + 3_600_000 });
  });
  it("is at most ten years away, as the server has it", () => {
    expect(untilOf("date", local(NOW + MAX_OVERRIDE_MS - 120_000), NOW).error).toBeUndefined();
    expect(untilOf("date", local(NOW + MAX_OVERRIDE_MS + 120_000), NOW).error).toBe(
      "At most ten years away.",
    );
    expect(untilOf("date", "9999-12-31T23:59", NOW).error).toBe("At most ten years away.");
    expect(untilOf("date", local(NOW - 120_000), NOW).error).toBe("A time in the future.");
    expect(untilOf("date", "", NOW).error).toBe("Choose a day and a time.");
  });
});

test("a limit is raised only to what lets somebody in", () => {
  expect(raisedLimit({ limit: 60, count: 61 })).toBe(121);
  expect(raisedLimit({ limit: 60, count: null })).toBe(120);
  expect(raisedLimit({ limit: 60, count: MAX_LIMIT - 1 })).toBe(MAX_LIMIT);
  expect(raisedLimit({ limit: 60, count: MAX_LIMIT })).toBeNull();
  expect(raisedLimit({ limit: MAX_LIMIT, count: 3 })).toBeNull();
});

test("what the server refuses is said beside its field, without the field's name", () => {
  const error = new ConsoleError({
    code: "invalid_input",
    message: "reason: must not name the person: it stays in the audit log",
    field: "reason",
  });
  expect(refusedBy(error, "reason")).toBe("Must not name the person: it stays in the audit log.");
  expect(refusedBy(error, "untilMs")).toBeNull();
  expect(refusedBy(new Error("reason: x"), "reason")).toBeNull();
});
