import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BAD_IDS } from "../testing/bad-ids";
import {
  bareUserKey,
  claimOf,
  concerns,
  type KeyGrammar,
  memoryKey,
  parseKey,
  rateLimitKey,
  sessionKey,
} from "./keys";

const PLAIN: KeyGrammar = { prefix: "user:", hashTag: false };
const TAGGED: KeyGrammar = { prefix: "user:", hashTag: true };
const GRAMMARS: [string, KeyGrammar][] = [
  ["user:", PLAIN],
  ["user:{id}", TAGGED],
  ["a prefix of glob characters", { prefix: "a*[b]?\\:", hashTag: false }],
  ["a prefix with a brace", { prefix: "app:{x}:", hashTag: true }],
];

const anyId = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
  // Ids made of the grammar's own words find what random bytes would not.
  fc
    .array(fc.constantFrom("a", ":", "{", "}", "history", "rate_limit", "pref", "*", "\\", "["), {
      minLength: 1,
    })
    .map((words) => Buffer.from(words.join(""))),
);
const segment = anyId.filter((bytes) => !bytes.includes(":"));
const category = segment.filter((bytes) => bytes.toString("latin1") !== "history");
const number = segment.filter((bytes) => bytes.toString("latin1") !== "rate_limit");

describe.each(GRAMMARS)("grammar %s", (_what, grammar) => {
  const owner = (key: Buffer, type: string) => claimOf(key, type, null, grammar);

  test("a key built for any id belongs to exactly that id", () => {
    fc.assert(
      fc.property(anyId, segment, category, number, (id, session, cat, n) => {
        const built: [Buffer, string, string][] = [
          [sessionKey(id, session, grammar), "list", "sessions"],
          [rateLimitKey(id, grammar), "hash", "rate-limits"],
          [memoryKey(id, cat, n, grammar), "hash", "memories"],
        ];
        for (const [key, type, keyClass] of built) {
          const claim = owner(key, type);
          expect(claim.dispute).toBeNull();
          expect(claim.owner?.equals(id)).toBe(true);
          expect(claim.parsed?.class).toBe(keyClass);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(BAD_IDS)("%s", (_name, id) => {
    const session = sessionKey(id, Buffer.from("s\xff", "latin1"), grammar);
    expect(parseKey(session, grammar)).toEqual({
      class: "sessions",
      userId: id,
      sessionId: Buffer.from("s\xff", "latin1"),
    });
    expect(owner(rateLimitKey(id, grammar), "hash")).toMatchObject({ owner: id, dispute: null });
    expect(parseKey(memoryKey(id, Buffer.from("pref"), Buffer.from("001"), grammar), grammar)).toEqual({
      class: "memories",
      userId: id,
      category: Buffer.from("pref"),
      number: Buffer.from("001"),
    });
    expect(parseKey(bareUserKey(id, grammar), grammar)?.userId.equals(id) ?? false).toBe(false);
  });

  test("whatever a key is, its class and parts build it again", () => {
    const anyKey = anyId.map((rest) => Buffer.concat([Buffer.from(grammar.prefix), rest]));
    fc.assert(
      fc.property(anyKey, (key) => {
        const parsed = parseKey(key, grammar);
        if (!parsed) return;
        const again =
          parsed.class === "sessions"
            ? sessionKey(parsed.userId, parsed.sessionId, grammar)
            : parsed.class === "rate-limits"
              ? rateLimitKey(parsed.userId, grammar)
              : memoryKey(parsed.userId, parsed.category, parsed.number, grammar);
        expect(again.equals(key)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a name that the grammar reads otherwise is not built", () => {
  const alice = Buffer.from("alice");
  const word = (text: string) => Buffer.from(text);
  test.each([
    ["an empty id", () => rateLimitKey(word(""), PLAIN)],
    ["a session without a name", () => sessionKey(alice, word(""), PLAIN)],
    ["a session with a colon", () => sessionKey(alice, word("2024-01-01T10:00"), PLAIN)],
    ["a category with a colon", () => memoryKey(alice, word("a:b"), word("1"), PLAIN)],
    ["a memory without a number", () => memoryKey(alice, word("pref"), word(""), PLAIN)],
    ["the category history", () => memoryKey(alice, word("history"), word("1"), PLAIN)],
    ["the number rate_limit", () => memoryKey(alice, word("pref"), word("rate_limit"), PLAIN)],
  ])("%s", (_what, build) => {
    expect(build).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

describe("whose key is it", () => {
  const key = (name: string) => Buffer.from(name);
  test.each([
    ["user:alice:history:s1", "list", null, "alice", "alice", "owned"],
    ["user:alice:rate_limit", "hash", null, "alice", "alice", "owned"],
    ["user:alice:pref:001", "hash", "alice", "alice", "alice", "owned"],
    ["user:alice:pref:001", "hash", null, "alice", "alice", "owned"],
    ["user:alice:admin:pref:001", "hash", "alice:admin", "alice", "alice:admin", null],
    ["user:alice:admin:rate_limit", "hash", null, "alice", "alice:admin", null],
    ["user:alice:admin:history:s", "list", null, "alice", "alice:admin", null],
    ["user:alice:history:rate_limit", "list", null, "alice", "alice", "owned"],
    ["user:alice:history:rate_limit", "hash", null, "alice", "alice:history", null],
    ["user:alice:history:rate_limit", "hash", null, "alice:history", "alice:history", "owned"],
    ["user:alice:pref:001", "hash", "bob", "alice", "alice", "other-owner"],
    ["user:alice:pref:001", "hash", "bob", "bob", "alice", "other-owner"],
    ["user:alice:pref:001", "hash", "bob", "carol", "alice", null],
    ["user:alice:pref:001", "hash", "Alice", "alice", "alice", "other-owner"],
    ["user:alice:pref:food:001", "hash", "alice", "alice", "alice:pref", "other-owner"],
    ["user:alice:x:rate_limit", "hash", "alice", "alice", "alice:x", "other-owner"],
    ["user:alice:pref:001", "string", null, "alice", "alice", "wrong-type"],
    ["user:alice:history:2024-01-01T10:00", "list", null, "alice", "alice:history", "wrong-type"],
    ["user:alice", "hash", null, "alice", null, "outside-grammar"],
    ["user:alice:profile", "hash", null, "alice", null, "outside-grammar"],
    ["user:alice:history:", "list", null, "alice", null, "outside-grammar"],
    ["user:{alice}:pref:001", "hash", "alice", "alice", "{alice}", "other-form"],
    ["user:{alice}:pref:001", "hash", null, "alice", "{alice}", "other-form"],
    ["user:{alice}:pref:001", "hash", "{alice}", "{alice}", "{alice}", "owned"],
    ["user:{alice}:pref:001", "hash", "{alice}", "alice", "{alice}", null],
  ])("%s as %s with user_id %s, asked for %s", (name, type, field, user, owner, expected) => {
    const userIdField = field === null ? null : key(field);
    const claim = claimOf(key(name), type, userIdField, PLAIN);
    expect(claim.owner?.toString() ?? null).toBe(owner);
    expect(concerns(key(user), claim, userIdField)).toBe(expected);
  });

  test.each([
    ["user:{alice}:pref:001", "hash", "alice", "alice", "owned"],
    ["user:alice:pref:001", "hash", "alice", "alice", "other-form"],
    ["user:alice:history:s1", "list", null, "alice", "other-form"],
    ["user:alice:admin:pref:001", "hash", "alice:admin", "alice", null],
    ["user:alice:admin:pref:001", "hash", null, "alice", null],
    ["user:alice:admin:pref:001", "hash", "alice", "alice", "other-form"],
    ["user:{alice:admin}:pref:001", "hash", null, "alice", null],
    ["user:alice:profile", "hash", null, "alice", "outside-grammar"],
    ["user:{alice}:profile", "hash", null, "alice", "outside-grammar"],
  ])("with hash tags: %s as %s with user_id %s, asked for %s", (name, type, field, user, expected) => {
    const userIdField = field === null ? null : key(field);
    const claim = claimOf(key(name), type, userIdField, TAGGED);
    expect(concerns(key(user), claim, userIdField)).toBe(expected);
  });
});
