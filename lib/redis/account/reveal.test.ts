import { describe, expect, test } from "vitest";
import { ROLES, type Role } from "../../auth/permissions";
import { requireReason } from "./reveal";

const alice = Buffer.from("alice");
const REFUSED = expect.objectContaining({ code: "invalid_input" });

describe("without a reason", () => {
  test.each(ROLES)("%s", (role) => {
    const ask = () => requireReason(role, "", alice);
    if (role === "compliance" || role === "admin") expect(ask).not.toThrow();
    else expect(ask).toThrow(REFUSED);
  });

  test("a role that nobody knows needs one", () => {
    expect(() => requireReason("root" as Role, "", alice)).toThrow(REFUSED);
  });
});

test.each([
  ["DSR-2026-014", "alice", true],
  ["alice called", "alice", false],
  ["ALICE called", "alice", false],
  ["she is A.L.I.C.E.", "alice", false],
  // A short id stands in half of all words: it counts as a word of its own.
  ["because she asked", "a", true],
  ["because she asked", "he", true],
  ["because he asked", "he", false],
  ["of person 1", "1", false],
  ["ticket 101", "1", true],
])("the reason %j for %j is taken: %j", (reason, id, taken) => {
  for (const role of ROLES) {
    const ask = () => requireReason(role, reason, Buffer.from(id));
    if (taken) expect(ask).not.toThrow();
    else expect(ask).toThrow(REFUSED);
  }
});
