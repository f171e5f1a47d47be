import type { ReactNode } from "react";

export type TooltipProps = { content: string | null | undefined; children: ReactNode; className?: string };

/**
 * Marks what it wraps; the one tip layer of the page (tip-layer.tsx) shows the text on hover, focus and tap.
 * So a tip costs one attribute: a table of a thousand cells may have one in each, also rendered on the server.
 */
export function Tooltip({ content, children, className = "inline-flex" }: TooltipProps) {
  return (
    <span data-tip={content || undefined} className={className}>
      {children}
    </span>
  );
}
