"use client";

import clsx from "clsx";
import { type ReactNode, useMemo, useState } from "react";
import { formatCount } from "@/lib/format";
import { cutText, visibleTokens } from "./visible-tokens";

export type VisibleTextProps = {
  text: string;
  /** How much is shown at first, in UTF-16 code units. */
  limit?: number;
  /** One line without a way to see the rest: for lists. */
  inline?: boolean;
  /** Marked wherever it stands, in capital or small letters. */
  highlight?: string;
  className?: string;
};

/** Stored content, as it is: text nodes only, isolated in direction, nothing invisible left invisible. */
export function VisibleText({ text, limit = 10_000, inline, highlight = "", className }: VisibleTextProps) {
  const [all, setAll] = useState(false);
  const shown = all ? text : cutText(text, limit);
  const tokens = useMemo(() => visibleTokens(shown), [shown]);
  const cut = shown.length < text.length;
  const body = (
    <bdi className={clsx(inline ? "truncate" : "whitespace-pre-wrap", "wrap-anywhere", inline && className)}>
      {tokens.map((token) =>
        token.kind === "text" ? (
          highlight === "" ? (
            token.text
          ) : (
            marked(token.text, highlight)
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
          show all {formatCount(text.length)} characters
        </button>
      ) : null}
    </div>
  );
}

/** The text with what was looked for in `<mark>`s. */
function marked(text: string, wanted: string): ReactNode[] {
  const lower = text.toLowerCase();
  // A few letters change their length with their case: then places in one are not places in the other.
  const [inside, what] = lower.length === text.length ? [lower, wanted.toLowerCase()] : [text, wanted];
  const pieces: ReactNode[] = [];
  let from = 0;
  for (let at = inside.indexOf(what); at >= 0; at = inside.indexOf(what, from)) {
    pieces.push(text.slice(from, at));
    from = at + what.length;
    pieces.push(
      <mark key={at} className="rounded-xs bg-warn-bg text-warn-fg outline-1 outline-warn-line">
        {text.slice(at, from)}
      </mark>,
    );
  }
  return [...pieces, text.slice(from)];
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
