"use client";

import clsx from "clsx";
import { type ReactNode, useMemo, useState } from "react";
import { formatCount } from "@/lib/format";
import { cutText, visibleTokens } from "./visible-tokens";

export type TextRange = { from: number; to: number };

export type VisibleTextProps = {
  text: string;
  /** How much is shown at first, in UTF-16 code units. */
  limit?: number;
  /** What is here is the beginning of a longer text: all of it is not to be had by a click. */
  goesOn?: boolean;
  /** One line without a way to see the rest: for lists. */
  inline?: boolean;
  /** Marked wherever it stands, in capital or small letters. */
  highlight?: string;
  /** Places to mark, half-open, in order, in UTF-16 code units of the text. */
  marks?: readonly TextRange[];
  className?: string;
};

/** Stored content, as it is: text nodes only, isolated in direction, nothing invisible left invisible. */
export function VisibleText(props: VisibleTextProps) {
  const { text, limit = 10_000, goesOn, inline, highlight = "", marks = [], className } = props;
  const [all, setAll] = useState(false);
  const shown = all ? text : cutText(text, limit);
  const tokens = useMemo(() => visibleTokens(shown), [shown]);
  const cut = shown.length < text.length;
  let end = 0;
  const placed = tokens.map((token) => {
    const from = token.kind === "text" ? end : token.at;
    end = from + (token.kind === "text" ? token.text : charOf(token.code)).length;
    return { token, from };
  });
  const body = (
    <bdi className={clsx(inline ? "truncate" : "whitespace-pre-wrap", "wrap-anywhere", inline && className)}>
      {placed.map(({ token, from }) =>
        token.kind === "text" ? (
          withMarks(
            token.text,
            highlight === "" ? within(marks, from) : placesOf(token.text, highlight),
            from,
          )
        ) : (
          <Mark key={token.at} code={token.code} name={token.name} />
        ),
      )}
      {cut ? "…" : null}
    </bdi>
  );
  if (inline) return body;
  return (
    // Stacked accents may reach far beyond their line: they must not cover their neighbours.
    <div className={clsx("overflow-clip", className)}>
      {body}
      {cut ? (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="ml-1 rounded-sm text-accent-fg hover:underline"
        >
          show {goesOn ? "the first" : "all"} {formatCount(text.length)} characters
        </button>
      ) : null}
    </div>
  );
}

/** The text with these places in `<mark>`s. @param base where the text begins: what names a mark to React */
function withMarks(text: string, places: readonly TextRange[], base: number): ReactNode {
  if (places.length === 0) return text;
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const { from, to } of places) {
    const start = Math.max(done, from);
    if (start >= Math.min(to, text.length)) continue;
    pieces.push(
      text.slice(done, start),
      <mark key={base + start} className="rounded-xs bg-warn-bg text-warn-fg outline-1 outline-warn-line">
        {text.slice(start, to)}
      </mark>,
    );
    done = Math.min(to, text.length);
  }
  return [...pieces, text.slice(done)];
}

/** Ranges of the whole text as ranges of a part that begins at `base`. */
function within(marks: readonly TextRange[], base: number): TextRange[] {
  return marks.flatMap(({ from, to }) =>
    to <= base ? [] : [{ from: Math.max(0, from - base), to: to - base }],
  );
}

/** Of `U+202E`. */
function charOf(code: string): string {
  return String.fromCodePoint(Number.parseInt(code.slice(2), 16));
}

function placesOf(text: string, wanted: string): TextRange[] {
  const lower = text.toLowerCase();
  // A few letters change their length with their case: then places in one are not places in the other.
  const [inside, what] = lower.length === text.length ? [lower, wanted.toLowerCase()] : [text, wanted];
  const places: TextRange[] = [];
  for (let at = inside.indexOf(what); at >= 0; at = inside.indexOf(what, at + what.length)) {
    places.push({ from: at, to: at + what.length });
  }
  return places;
}

function Mark({ code, name }: { code: string; name: string }) {
  return (
    <span
      data-tip={name}
      className="mx-px rounded-sm border border-warn-line bg-warn-bg px-0.5 font-mono text-[0.78em] text-warn-fg"
    >
      ⟦{code}⟧
    </span>
  );
}
