import { expect, test } from "vitest";
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { BAD_IDS } from "../../testing/bad-ids";
import { confirmedErasure } from "./confirm";
import { MAX_INCLUDED, startErasureInput } from "./schema";

const alice = Buffer.from("alice");
const ref = sealRef("user", alice);

test.each(BAD_IDS)("%s: what is displayed, typed, confirms this person", (_what, id) => {
  const typedId = displayBytes(id);
  expect(confirmedErasure({ ref: sealRef("user", id), typedId, includeRefs: [] }).userId.equals(id)).toBe(
    true,
  );
});

test.each(["", "Alice", "alice ", " alice", "al", "alice:admin", "ALICE", "\u0430lice", ref])(
  "%j does not confirm alice",
  (typedId) => {
    expect(() => confirmedErasure({ ref, typedId, includeRefs: [] })).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ field: "typedId" }),
      }),
    );
  },
);

test("only references of keys that this console made are taken", () => {
  const key = Buffer.from("user:alice:profile\xff", "latin1");
  const confirmed = confirmedErasure({ ref, typedId: "alice", includeRefs: [sealRef("key", key)] });
  expect(confirmed.includeDisputed).toEqual([key]);
  for (const made of ["user:alice:profile", ref, sealRef("user", key), sealRef("memory", key), ""]) {
    expect(() => confirmedErasure({ ref, typedId: "alice", includeRefs: [made] })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  }
});

test("input of another shape is refused with the rule it breaks", () => {
  const valid = { ref, typedId: "alice", includeRefs: [] as unknown[] };
  expect(startErasureInput.safeParse(valid).success).toBe(true);
  const wrong: unknown[] = [
    null,
    "alice",
    {},
    { ...valid, ref: "" },
    { ...valid, ref: ["a"] },
    { ...valid, typedId: undefined },
    { ...valid, typedId: { toString: "alice" } },
    { ...valid, includeRefs: "all" },
    { ...valid, includeRefs: [1] },
    { ...valid, includeRefs: Array(MAX_INCLUDED + 1).fill("x") },
  ];
  for (const input of wrong) expect(startErasureInput.safeParse(input).success).toBe(false);
});
