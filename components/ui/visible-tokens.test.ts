import { describe, expect, it } from "vitest";
import { cutText, visibleTokens, withHiddenNamed } from "./visible-tokens";

describe("visibleTokens", () => {
  it("leaves ordinary text, newlines and tabs alone", () => {
    const text = "Grüße,\n\t東京 \u0645\u0631\u062d\u0628\u0627 <script>alert(1)</script>";
    expect(visibleTokens(text)).toEqual([{ kind: "text", text }]);
    expect(visibleTokens("")).toEqual([]);
  });

  it.each([
    ["a\u202eb", "a⟦U+202E⟧b"],
    ["\u001b[31mred", "⟦U+001B⟧[31mred"],
    ["zero\u200bwidth\ufeff", "zero⟦U+200B⟧width⟦U+FEFF⟧"],
    ["\u2066iso\u2069", "⟦U+2066⟧iso⟦U+2069⟧"],
    ["nul\0cr\r\ndel\u007f", "nul⟦U+0000⟧cr⟦U+000D⟧\ndel⟦U+007F⟧"],
    ["c1\u0085", "c1⟦U+0085⟧"],
    ["soft\u00adhyphen", "soft⟦U+00AD⟧hyphen"],
    ["tag\u{e0041}", "tag⟦U+E0041⟧"],
    ["selector\u{e0101}", "selector⟦U+E0101⟧"],
    ["filler\u3164", "filler⟦U+3164⟧"],
    ["half\ud83d", "half⟦U+D83D⟧"],
    ["line\u2028sep", "line⟦U+2028⟧sep"],
  ])("shows what hides in %j", (text, expected) => {
    expect(withHiddenNamed(text)).toBe(expected);
  });

  it("names what it shows", () => {
    expect(visibleTokens("\u202e")).toEqual([
      { kind: "mark", at: 0, code: "U+202E", name: "right-to-left override" },
    ]);
  });

  it("keeps joined emoji whole and shows the same joiner between letters", () => {
    const family = "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽";
    expect(withHiddenNamed(family)).toBe(family);
    expect(withHiddenNamed("a\u200db")).toBe("a⟦U+200D⟧b");
    expect(withHiddenNamed("a\ufe0f")).toBe("a⟦U+FE0F⟧");
  });

  it("never loses a character", () => {
    const all = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point)).join("");
    const rebuilt = visibleTokens(all)
      .map((token) =>
        token.kind === "text" ? token.text : String.fromCodePoint(Number.parseInt(token.code.slice(2), 16)),
      )
      .join("");
    expect(rebuilt).toBe(all);
  });
});

describe("cutText", () => {
  it("does not cut a character in two", () => {
    expect(cutText("ab👍c", 3)).toBe("ab");
    expect(cutText("ab👍c", 4)).toBe("ab👍");
    expect(cutText("ab", 10)).toBe("ab");
  });
});
