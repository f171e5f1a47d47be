/** The same work on every kind of store, ids in braces: all keys of one person lie in one slot. */
import { expect, test, vi } from "vitest";
import { proveEveryKind } from "../../testing/store-kinds";
import { rateLimitKey, sessionKey } from "../keys";
import { slotOf } from "./cluster-slots";

// The configuration is read once, at its first use.
vi.hoisted(() => {
  process.env.USER_KEY_HASHTAG = "1";
});

test("one person, one slot", () => {
  const id = Buffer.from("alice:admin");
  expect(slotOf(rateLimitKey(id))).toBe(slotOf(sessionKey(id, Buffer.from("s"))));
});

proveEveryKind();
