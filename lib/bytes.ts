/**
 * Key names, user ids and messages are bytes, not text. This is the one way between bytes and what a person
 * reads or types: printable UTF-8 stays as it is, everything else becomes the escapes redis-cli uses
 * (`\n`, `\x00`, `\\`). The mapping is injective, so a displayed id typed back names the same bytes.
 */

/** Characters that are invisible or reorder text: shown as escapes so that two different ids never look alike. */
const INVISIBLE = /\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\u2028\u2029\ufff9-\ufffb]/u;

function hexEscapes(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += `\\x${byte.toString(16).padStart(2, "0")}`;
  return out;
}

/** Byte length of the UTF-8 sequence that a lead byte announces, 0 when it cannot lead one. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Is this valid UTF-8? */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes as a person reads them; see the module's comment. */
export function displayBytes(bytes: Uint8Array): string {
  let out = "";
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at]!);
    const part = bytes.subarray(at, at + Math.max(length, 1));
    let char: string | null = null;
    if (length > 0 && part.length === length) {
      try {
        char = strictUtf8.decode(part);
      } catch {
        char = null;
      }
    }
    if (char === null) {
      out += hexEscapes(bytes.subarray(at, at + 1));
      at += 1;
      continue;
    }
    if (char === "\\") out += "\\\\";
    else if (INVISIBLE.test(char)) out += hexEscapes(part);
    else out += char;
    at += length;
  }
  return out;
}

/**
 * Text → UTF-8. Half of a surrogate pair, which UTF-8 cannot hold, becomes the three bytes some programs write
 * for it: Node's own replacement character would name somebody else.
 */
function toUtf8(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, "utf8");
  const parts = Array.from(text, (char) => {
    const code = char.codePointAt(0)!;
    if (code < 0xd800 || code > 0xdfff) return Buffer.from(char, "utf8");
    return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
  });
  return Buffer.concat(parts);
}

/** The bytes behind a text that a person typed: UTF-8, with `\\` and `\xNN` understood. */
export function parseDisplayed(text: string): Buffer {
  const parts: Buffer[] = [];
  const pattern = /\\\\|\\x([0-9a-fA-F]{2})/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(toUtf8(text.slice(from, match.index)));
    parts.push(match[1] === undefined ? Buffer.from("\\") : Buffer.from(match[1], "hex"));
    from = match.index + match[0].length;
  }
  parts.push(toUtf8(text.slice(from)));
  return Buffer.concat(parts);
}

/** Do the typed characters name exactly these bytes, either as shown or as the raw text? */
export function namesBytes(typed: string, bytes: Uint8Array): boolean {
  return typed === displayBytes(bytes) || toUtf8(typed).equals(bytes);
}
