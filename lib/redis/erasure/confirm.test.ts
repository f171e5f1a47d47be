import { expect, test } from "vitest";
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { BAD_IDS } from "../../testing/bad-ids";
import { confirmedErasure } from "./confirm";
import { groundsOf } from "./grounds";
import { MAX_INCLUDED, startErasureInput } from "./schema";

const alice = Buffer.from("alice");
const ref = sealRef("user", alice);
const asked = { ground: "b", ticket: "DSR-2026-014" } as const;

test.each(BAD_IDS)("%s: what is displayed, typed, confirms this person", (_what, id) => {
  const typedId = displayBytes(id);
  expect(
    confirmedErasure({ ref: sealRef("user", id), typedId, includeRefs: [], ...asked }).userId.equals(id),
  ).toBe(true);
});

test.each(["", "Alice", "alice ", " alice", "al", "alice:admin", "ALICE", "\u0430lice", ref])(
  "%j does not confirm alice",
  (typedId) => {
    expect(() => confirmedErasure({ ref, typedId, includeRefs: [], ...asked })).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ field: "typedId" }),
      }),
    );
  },
);

test("only references of keys that this console made are taken", () => {
  const key = Buffer.from("user:alice:profile\xff", "latin1");
  const confirmed = confirmedErasure({ ref, typedId: "alice", includeRefs: [sealRef("key", key)], ...asked });
  expect(confirmed.includeDisputed).toEqual([key]);
  for (const made of ["user:alice:profile", ref, sealRef("user", key), sealRef("memory", key), ""]) {
    expect(() => confirmedErasure({ ref, typedId: "alice", includeRefs: [made], ...asked })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  }
});

test("input of another shape is refused with the rule it breaks", () => {
  const valid = { ref, typedId: "alice", includeRefs: [] as unknown[], ...asked };
  expect(startErasureInput.safeParse(valid).success).toBe(true);
  const wrong: unknown[] = [
    null,
    "alice",
    {},
    { ...valid, ref: "" },
    { ...valid, ref: ["a"] },
    { ...valid, typedId: undefined },
    { ...valid, typedId: { toString: "alice" } },
    { ...valid, ground: "g" },
    { ...valid, ground: undefined },
    { ...valid, ticket: undefined },
    { ...valid, ticket: "  " },
    { ...valid, ticket: "x".repeat(65) },
    { ...valid, ticket: "DSR\u202e1" },
    { ...valid, includeRefs: "all" },
    { ...valid, includeRefs: [1] },
    { ...valid, includeRefs: Array(MAX_INCLUDED + 1).fill("x") },
  ];
  for (const input of wrong) expect(startErasureInput.safeParse(input).success).toBe(false);
});

test("the log is given the ground and the ticket", () => {
  const input = { ref, typedId: "alice", includeRefs: [], ...asked };
  expect(groundsOf(input)).toEqual({ reason: "Art. 17(1)(b)", ticket: "DSR-2026-014" });
});

test.each(["alice", "DSR of Alice", "dsr/alice/1"])(
  "the ticket %j says whose it is, and is refused",
  (ticket) => {
    expect(() => groundsOf({ ref, typedId: "alice", includeRefs: [], ground: "a", ticket })).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ field: "ticket" }),
        message: expect.not.stringMatching(/alice/i),
      }),
    );
  },
);
