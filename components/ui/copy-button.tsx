"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button";

export type CopyButtonProps = {
  text: string;
  label?: string;
  size?: "sm" | "md";
  /** With its label beside the icon. */
  wide?: boolean;
  className?: string;
};

export function CopyButton({ text, label = "Copy", size = "sm", wide, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 1500);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      // Over plain HTTP on another host, or without the permission, a browser has no clipboard.
      setOutcome("refused");
    }
  }

  const said = outcome === "copied" ? "Copied" : outcome === "refused" ? "The browser refused" : label;
  const icon = outcome === "copied" ? <Check className="text-ok-fg" /> : <Copy />;
  return (
    <>
      {wide ? (
        <Button size={size} icon={icon} onClick={copy} className={className}>
          {said}
        </Button>
      ) : (
        <IconButton size={size} label={said} onClick={copy} className={className}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {outcome ? said : ""}
      </span>
    </>
  );
}
