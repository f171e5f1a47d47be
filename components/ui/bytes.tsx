"use client";

import { formatBytes } from "@/lib/format";

export type BytesProps = {
  value: number;
  /** Estimated, not counted: said with a sign and in the tip. */
  approx?: boolean;
  className?: string;
};

/** '1.55 GB'; the exact bytes on hover, and on the clipboard when this alone is copied. */
export function Bytes({ value, approx, className }: BytesProps) {
  const exact = formatBytes(value, { exact: true });
  return (
    <span
      data-tip={approx ? `about ${exact}, estimated from a sample` : exact}
      onCopy={(event) => {
        const chosen = document.getSelection();
        if (!chosen || chosen.toString().trim() !== event.currentTarget.textContent?.trim()) return;
        event.preventDefault();
        event.clipboardData.setData("text/plain", String(value));
      }}
      className={className}
    >
      {approx ? "≈ " : ""}
      {formatBytes(value)}
    </span>
  );
}
