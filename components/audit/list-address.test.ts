import { expect, test } from "vitest";
import { activeFilters, auditAddress, NO_FILTERS, parseAuditAddress } from "./list-address";

test("what is asked for goes into the address and comes back out of it", () => {
  const params = {
    ...{ from: "2026-01-31T14:05", to: "2026-02-01T00:00", operator: "op_a&b", action: "sessions.trim" },
    ...{ outcome: "refused" as const, subject: "A".repeat(43), before: 4211 },
  };
  expect(parseAuditAddress(new URL(auditAddress(params), "http://x").searchParams)).toEqual(params);
  expect(activeFilters(params)).toBe(6);
  expect(auditAddress(NO_FILTERS)).toBe("/audit");
});

test("what is no such value is not asked for", () => {
  const given = {
    from: "yesterday",
    to: "",
    outcome: "good",
    subject: "alice",
    before: "-1",
    operator: ["a", "b"],
  };
  expect(parseAuditAddress(given)).toEqual({ ...NO_FILTERS, operator: "a" });
});
