/**
 * Stored text is written by strangers. Characters that have no look of their own can hide words, turn a line
 * around or move a cursor; here each becomes a token that names it, so that what is read is what is stored.
 */
export type VisibleToken =
  | { kind: "text"; text: string }
  /** `at`: its place in the text, in UTF-16 code units. */
  | { kind: "mark"; at: number; code: string; name: string };

const NAMES: Record<number, string> = {
  0: "null",
  7: "bell",
  8: "backspace",
  13: "carriage return",
  27: "escape",
  127: "delete",
  173: "soft hyphen",
  1564: "Arabic letter mark",
  8203: "zero width space",
  8204: "zero width non-joiner",
  8205: "zero width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8232: "line separator",
  8233: "paragraph separator",
  8234: "left-to-right embedding",
  8235: "right-to-left embedding",
  8236: "pop directional formatting",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8288: "word joiner",
  8294: "left-to-right isolate",
  8295: "right-to-left isolate",
  8296: "first strong isolate",
  8297: "pop directional isolate",
  65279: "zero width no-break space",
};

/*
 * \p{C} without newline and tab: controls, format characters (bidi, zero width, tags), private use, lone
 * surrogates and what is not assigned. Beside them the letters and selectors that draw nothing.
 */
const HIDDEN =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]|[\u2028\u2029\u115f\u1160\u180e\u2800\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180d]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const EMOJI_BASE = /[\p{Emoji}]$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;

export function visibleTokens(text: string): VisibleToken[] {
  const tokens: VisibleToken[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (belongsToEmoji(text, match.index, match[0])) continue;
    if (match.index > from) tokens.push({ kind: "text", text: text.slice(from, match.index) });
    const point = match[0].codePointAt(0)!;
    tokens.push({
      kind: "mark",
      at: match.index,
      code: `U+${point.toString(16).toUpperCase().padStart(4, "0")}`,
      name: NAMES[point] ?? kindOf(point),
    });
    from = match.index + match[0].length;
  }
  if (from < text.length) tokens.push({ kind: "text", text: text.slice(from) });
  return tokens;
}

/** The text with what hides in it named, `a⟦U+202E⟧b`: for tips and names, which are plain strings. */
export function withHiddenNamed(text: string): string {
  return visibleTokens(text)
    .map((token) => (token.kind === "text" ? token.text : `⟦${token.code}⟧`))
    .join("");
}

/** Families and skin tones are joined by a zero width joiner, colour is asked for by U+FE0F: both show. */
function belongsToEmoji(text: string, index: number, char: string): boolean {
  if (char !== "\u200d" && char !== "\ufe0f") return false;
  const before = text.slice(Math.max(0, index - 2), index);
  if (char === "\ufe0f") return EMOJI_BASE.test(before);
  return EMOJI_END.test(before) && EMOJI_START.test(text.slice(index + 1, index + 3));
}

function kindOf(point: number): string {
  if (point >= 0xd800 && point <= 0xdfff) return "half of a character";
  if (point >= 0xe0000 && point <= 0xe007f) return "invisible tag";
  if ((point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef))
    return "variation selector";
  if (point < 0xa0) return "control character";
  return "invisible character";
}

/** The first `limit` code units, never ending inside a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
