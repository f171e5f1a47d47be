import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { CopyButton } from "./copy-button";

export type CodeBlockProps = {
  text: string;
  label?: ReactNode;
  /** What lands on the clipboard where it is not what is shown. */
  copyText?: string;
  /** As long as it is, where it would otherwise scroll in itself. */
  whole?: boolean;
  className?: string;
};

export function CodeBlock({ text, label, copyText, whole, className }: CodeBlockProps) {
  return (
    <div className={clsx("relative min-w-0 rounded-lg border bg-sunken", className)}>
      {label ? <div className="border-b px-3 py-1.5 pr-10 text-xs text-fg-muted">{label}</div> : null}
      <pre
        className={clsx(
          "px-3 py-2 pr-10 font-mono text-xs break-all whitespace-pre-wrap",
          !whole && "max-h-96 overflow-y-auto",
        )}
      >
        <bdi>{text}</bdi>
      </pre>
      <CopyButton text={copyText ?? text} className="absolute top-0.5 right-0.5" />
    </div>
  );
}

/** Keys, ids, commands, vectors: what is read character by character. */
export function Mono({ className, children, ...rest }: ComponentProps<"bdi">) {
  return (
    <bdi {...rest} className={clsx("font-mono text-[0.93em] break-all", className)}>
      {children}
    </bdi>
  );
}
