import { expect, test } from "vitest";
import { sources } from "../../testing/sources";
import { userPatterns } from "../keys";
import { slotOf, slotOfPattern } from "./cluster-slots";
import { keyOf } from "./command-keys";

test("slots are those that the cluster specification computes", () => {
  expect(slotOf("123456789")).toBe(0x31c3);
  expect(slotOf("user:{alice}:history:s")).toBe(slotOf("alice"));
  expect(slotOf("{a}{b}")).toBe(slotOf("a"));
  // An empty pair of braces, or an open one, is no tag.
  expect(slotOf("foo{}{bar}")).not.toBe(slotOf("bar"));
  expect(slotOf("foo{{bar}}zap")).toBe(slotOf("{bar"));
});

test("a pattern with a hash tag lies in one slot, all others may lie in several", () => {
  const tagged = userPatterns(Buffer.from("alice"), { prefix: "user:", hashTag: true });
  expect(slotOfPattern(tagged[0]!)).toBe(slotOf("alice"));
  expect(slotOfPattern(tagged[1]!)).toBeNull();
  const odd = Buffer.from("a*[b]\\");
  expect(slotOfPattern(userPatterns(odd, { prefix: "user:", hashTag: true })[0]!)).toBe(slotOf(odd));
  for (const wide of ["*", "user:{a*}:x", "user:{}:x", "us?r:{alice}:*", "user:[a]{b}*"]) {
    expect(slotOfPattern(Buffer.from(wide)), wide).toBeNull();
  }
});

test("the key stands where Redis documents it; an unknown command is a defect, not a guess", () => {
  expect(keyOf(["GET", "k"])).toBe("k");
  expect(keyOf(["MEMORY", "USAGE", "k", "SAMPLES", 0])).toBe("k");
  expect(keyOf(["EVAL", "return 1", 1, "k", "word"])).toBe("k");
  expect(keyOf(["EVAL", "return 1", 0, "word"])).toBeNull();
  expect(keyOf(["FT.SEARCH", "idx", "*"])).toBe("idx");
  expect(keyOf(["FT._LIST"])).toBeNull();
  expect(() => keyOf(["BITOP", "AND", "a", "b"])).toThrow(/BITOP/);
});

test("every command that operations say is known", () => {
  const shipped = sources("lib/redis").filter(
    ({ path }) => !/\.test\.ts$|test-kit|redis-node|cluster-|link-/.test(path),
  );
  const said = shipped.flatMap(({ code }) =>
    [...code.matchAll(/(?:tore\.command\(|\[)\s*"([A-Z][A-Z.]+)",/g)].map(([, name]) => name!),
  );
  // SCAN and CLIENT are said to one server; the others are words inside of commands.
  const within =
    "SCAN CLIENT STOPWORDS SEPARATOR SCHEMA LIMIT RETURN ON FXX SORTABLE FILTER HNSW FLAT COSINE IP AS MULTI".split(
      " ",
    );
  const names = [...new Set(said)].filter((name) => !within.includes(name));
  expect(names.length).toBeGreaterThan(20);
  const unknown = names.filter((name) => {
    try {
      keyOf([name, "a", "b", "c"]);
      return false;
    } catch {
      return true;
    }
  });
  expect(unknown).toEqual([]);
});
