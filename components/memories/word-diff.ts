/** Old and new text as words that stay, go and come. */
export type DiffPart = { kind: "same" | "old" | "new"; text: string };

/** Words with the space after them, so that a changed word takes no neighbour along. */
const WORD = /\s+|[\p{L}\p{N}\p{M}_’']+|[^\s\p{L}\p{N}\p{M}_’']/gu;

/** Beyond this many comparisons (2,000 × 2,000 words) the texts are shown whole, one after the other. */
const MAX_WORK = 4_000_000;

export function wordDiff(before: string, after: string): DiffPart[] {
  const a = before.match(WORD) ?? [];
  const b = after.match(WORD) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const parts: DiffPart[] = [];
  push(parts, "same", a.slice(0, start));
  middle(parts, a.slice(start, a.length - end), b.slice(start, b.length - end));
  push(parts, "same", a.slice(a.length - end));
  return parts;
}

function push(parts: DiffPart[], kind: DiffPart["kind"], words: string[]) {
  const text = words.join("");
  if (text === "") return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

/** The longest common subsequence, from a table of its lengths. */
function middle(parts: DiffPart[], a: string[], b: string[]) {
  if (a.length * b.length > MAX_WORK || a.length === 0 || b.length === 0) {
    push(parts, "old", a);
    push(parts, "new", b);
    return;
  }
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      push(parts, "same", [a[i]!]);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) {
      push(parts, "old", [a[i]!]);
      i += 1;
    } else {
      push(parts, "new", [b[j]!]);
      j += 1;
    }
  }
  push(parts, "old", a.slice(i));
  push(parts, "new", b.slice(j));
}
