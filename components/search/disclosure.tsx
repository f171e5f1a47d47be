"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

export type DisclosureProps = {
  label: ReactNode;
  /** Opened from outside, for example because something in it is wrong. */
  open?: boolean;
  /** Always open on a wide screen. */
  wideOpen?: boolean;
  children: ReactNode;
};

/** A part of the form that is in nobody's way until it is asked for. */
export function Disclosure({ label, open = false, wideOpen, children }: DisclosureProps) {
  const [chosen, setChosen] = useState(false);
  const id = useId();
  const shown = open || chosen;
  return (
    <div className="flex flex-col gap-3">
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setChosen(!chosen)}
        className={clsx(
          "flex items-center gap-1 self-start rounded-sm text-xs font-medium text-fg-muted hover:text-fg",
          wideOpen && "lg:hidden",
        )}
      >
        <ChevronRight
          aria-hidden
          className={`size-3.5 transition-transform duration-100 ${shown ? "rotate-90" : ""}`}
        />
        {label}
      </button>
      <div id={id} className={clsx(shown ? "block" : "hidden", wideOpen && "lg:block")}>
        {children}
      </div>
    </div>
  );
}
