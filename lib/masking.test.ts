import { describe, expect, test } from "vitest";
import { parseDisplayed } from "./bytes";
import {
  createMasker,
  MASK,
  maskKeyName,
  maskName,
  maskText,
  maskTime,
  roughBytes,
  standIn,
} from "./masking";
import { memoryKey, rateLimitKey, sessionKey } from "./redis/keys";
import { sealRef } from "./refs";
import { pseudonymOf, subjectOf } from "./subjects";

const b = (text: string) => Buffer.from(text);
const ALICE = b("alice");
const nobody = createMasker(() => false);
const onlyAlice = createMasker((subject) => subject === subjectOf(ALICE));
const pseudonym = pseudonymOf(subjectOf(ALICE));

describe("a masker", () => {
  test("shows the id of who is revealed, and a pseudonym of everybody else", () => {
    const [alice, bob] = [sealRef("user", ALICE), sealRef("user", b("bob"))];
    expect(onlyAlice.hides(alice)).toBe(false);
    expect(onlyAlice.label(alice)).toBe("alice");
    expect(onlyAlice.hides(bob)).toBe(true);
    expect(onlyAlice.label(bob)).toMatch(/^person-[2-9a-z]{6}$/);
    expect(nobody.label(alice)).toBe(pseudonym);
  });
});

describe("a text", () => {
  test.each([
    ["Call Ann, 555-1234!", `${MASK} ${MASK}, ${MASK}-${MASK}!`],
    ["  two\n\n lines ", ` ${MASK}\n${MASK} `],
    ["", ""],
    ["Müller — ärgerlich ✓", `${MASK} ${MASK} ${MASK} ${MASK}`],
    ['{"name":"Ann"}', `${MASK}"${MASK}":"${MASK}"${MASK}`],
    ["我的名字", MASK],
    ["a\x00b\u200bc", MASK],
  ])("%j becomes %j", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test("keeps neither letters, digits nor lengths", () => {
    const masked = maskText("Grüße an Ann-Marie O'Neill (geb. 1.2.1980), +49 30 1234567 \\x00 𝒜 ½ ①");
    expect(masked).not.toMatch(/[\p{L}\p{N}]/u);
    expect(maskText("a bb ccc")).toBe(maskText("dddd eeeee f"));
  });
});

describe("a name", () => {
  test.each(["s1", "main", "pref", "001", "2026-11-22", "chat_3", "a.b-c"])("%s says nothing", (name) => {
    expect(maskName(name, ALICE)).toBe(name);
  });

  test.each([
    ["ann@example.org", "alice"],
    ["x".repeat(25), "alice"],
    ["alice", "alice"],
    ["s-ALICE-1", "alice"],
    ["smith-1", "ann.smith@example.org"],
    ["a1", "a"],
    ["01701234567", "alice"],
    ["Ann Smith", "alice"],
    ["müller", "alice"],
    ["\\xff", "alice"],
  ])("%s of %s may say something", (name, id) => {
    const masked = maskName(name, b(id));
    expect(masked).toMatch(/^hidden-[2-9a-z]{6}$/);
    expect(maskName(name, b(id))).toBe(masked);
  });

  test("is hidden differently for each person", () => {
    expect(maskName("ann@example.org", b("a"))).not.toBe(maskName("ann@example.org", b("b")));
  });
});

describe("a key's name", () => {
  test("keeps its form, with a pseudonym in the id's place", () => {
    expect(maskKeyName(sessionKey(ALICE, b("s1")), nobody)).toBe(`user:${pseudonym}:history:s1`);
    expect(maskKeyName(rateLimitKey(ALICE), nobody)).toBe(`user:${pseudonym}:rate_limit`);
    expect(maskKeyName(memoryKey(ALICE, b("pref"), b("001")), nobody)).toBe(`user:${pseudonym}:pref:001`);
  });

  test("hides parts that speak of the person", () => {
    expect(maskKeyName(sessionKey(ALICE, b("alice-1")), nobody)).toMatch(
      new RegExp(`^user:${pseudonym}:history:hidden-\\w{6}$`),
    );
    expect(maskKeyName(memoryKey(ALICE, b("ann@x.org"), b("\xff\x00")), nobody)).toMatch(
      new RegExp(`^user:${pseudonym}:hidden-\\w{6}:hidden-\\w{6}$`),
    );
  });

  test("is itself once its person is revealed, and not when a twin is", () => {
    const twins = b("alice:admin");
    expect(maskKeyName(sessionKey(ALICE, b("alice-1")), onlyAlice)).toBe("user:alice:history:alice-1");
    expect(maskKeyName(sessionKey(twins, b("s1")), onlyAlice)).not.toContain("alice");
  });

  test.each([
    "user:alice",
    "user:alice:note",
    "user:{alice}:pref:1",
    "mail:alice",
    "alice",
    "user:a:b\xff:",
    "",
  ])("%j says no id, whatever the grammar makes of it", (name) => {
    const masked = maskKeyName(parseDisplayed(name), nobody);
    expect(masked).not.toMatch(/alice|\\x|note/);
    expect(masked).toMatch(/hidden-|person-/);
    expect(masked.startsWith("user:")).toBe(name.startsWith("user:"));
  });
});

test("what stands for something hidden is the same for the same, and joins no parts", () => {
  expect(standIn("a", "b")).toBe(standIn("a", b("b")));
  expect(standIn("a", "b")).not.toBe(standIn("ab", ""));
  expect(standIn("a")).toMatch(/^[0-9a-f]{64}$/);
});

test("a time is a date to the second; a number that is no likely date is hidden", () => {
  expect(maskTime(1_717_935_000_987)).toBe(1_717_935_000_000);
  expect(maskTime(null)).toBeNull();
  // 0170 1234567, as seconds and as milliseconds.
  expect(maskTime(1_701_234_567)).toBeNull();
  expect(maskTime(49_170_123_456_700)).toBeNull();
});

test.each([
  [0, 0],
  [1, 1_000],
  [1_000, 1_000],
  [1_001, 2_000],
  [2_300, 5_000],
  [5_001, 10_000],
  [123_456, 200_000],
  [999_999_999, 1_000_000_000],
])("%i bytes are about %i", (bytes, rough) => {
  expect(roughBytes(bytes)).toBe(rough);
});
