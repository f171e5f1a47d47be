"use client";

import { useMemo } from "react";
import { VisibleText } from "@/components/ui/visible-text";
import { wordDiff } from "./word-diff";

/** One text: what goes struck through, what comes underlined, so that colour alone says nothing. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <div className="max-h-72 overflow-y-auto rounded-lg border bg-sunken px-3 py-2 text-sm">
      {parts.map((part, index) => {
        const text = <VisibleText text={part.text} className="inline" />;
        // The same two texts always give the same parts.
        const key = `${index}-${part.kind}`;
        if (part.kind === "old") {
          return (
            <del key={key} className="rounded-sm bg-warn-bg text-warn-fg decoration-1">
              {text}
            </del>
          );
        }
        if (part.kind === "new") {
          return (
            <ins key={key} className="rounded-sm bg-ok-bg text-ok-fg decoration-1 underline-offset-2">
              {text}
            </ins>
          );
        }
        return <span key={key}>{text}</span>;
      })}
    </div>
  );
}
