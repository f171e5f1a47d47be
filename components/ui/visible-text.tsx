"use client";

import clsx from "clsx";
import { useMemo, useState } from "react";
import { formatCount } from "@/lib/format";
import { cutText, visibleTokens } from "./visible-tokens";

export type VisibleTextProps = {
  text: string;
  /** How much is shown at first, in UTF-16 code units. */
  limit?: number;
  /** One line without a way to see the rest: for lists. */
  inline?: boolean;
  className?: string;
};

/** Stored content, as it is: text nodes only, isolated in direction, nothing invisible left invisible. */
export function VisibleText({ text, limit = 10_000, inline, className }: VisibleTextProps) {
  const [all, setAll] = useState(false);
  const shown = all ? text : cutText(text, limit);
  const tokens = useMemo(() => visibleTokens(shown), [shown]);
  const cut = shown.length < text.length;
  const body = (
    <bdi className={clsx(inline ? "truncate" : "whitespace-pre-wrap", "wrap-anywhere", inline && className)}>
      {tokens.map((token) =>
        token.kind === "text" ? token.text : <Mark key={token.at} code={token.code} name={token.name} />,
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
