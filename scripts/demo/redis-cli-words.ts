/**
 * A command line as redis-cli splits it (sdssplitargs in Redis): words parted by white space, `"…"` with
 * `\xNN \n \r \t \b \a \\ \"` escapes, `'…'` with `\'` only.
 * @throws Error on unbalanced quotes.
 */
export function redisCliWords(line: string): Buffer[] {
  const words: Buffer[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at]!)) {
      at += 1;
      continue;
    }
    const parts: Buffer[] = [];
    while (at < line.length && !/\s/.test(line[at]!)) {
      const quote = line[at]!;
      if (quote !== '"' && quote !== "'") {
        const [plain] = /^[^\s"']+/.exec(line.slice(at))!;
        parts.push(Buffer.from(plain, "utf8"));
        at += plain.length;
        continue;
      }
      const quoted = (quote === '"' ? /^"((?:\\.|[^"\\])*)"/ : /^'((?:\\'|[^'])*)'/).exec(line.slice(at));
      if (!quoted) throw new Error(`unbalanced ${quote} in a command line`);
      parts.push(
        quote === '"' ? unescapeDouble(quoted[1]!) : Buffer.from(quoted[1]!.replaceAll("\\'", "'"), "utf8"),
      );
      at += quoted[0].length;
    }
    words.push(Buffer.concat(parts));
  }
  return words;
}

const LETTERS: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" };

function unescapeDouble(text: string): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(/\\(?:x([0-9a-fA-F]{2})|(.))/g)) {
    parts.push(Buffer.from(text.slice(from, match.index), "utf8"));
    parts.push(
      match[1] ? Buffer.from(match[1], "hex") : Buffer.from(LETTERS[match[2]!] ?? match[2]!, "utf8"),
    );
    from = match.index + match[0].length;
  }
  parts.push(Buffer.from(text.slice(from), "utf8"));
  return Buffer.concat(parts);
}
