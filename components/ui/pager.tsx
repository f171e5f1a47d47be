import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "./button";

export type PagerProps = {
  prevHref?: string | null;
  nextHref?: string | null;
  /** What is shown of how much: "1-50 of at least 1,200". */
  label: ReactNode;
};

export function Pager({ prevHref, nextHref, label }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-xs text-fg-muted"
    >
      <span>{label}</span>
      <span className="flex gap-1.5">
        <Step href={prevHref} icon={<ChevronLeft />} label="Previous" />
        <Step href={nextHref} icon={<ChevronRight />} label="Next" />
      </span>
    </nav>
  );
}

function Step({ href, icon, label }: { href?: string | null; icon: ReactNode; label: string }) {
  if (!href) {
    return (
      <Button size="sm" icon={icon} disabled>
        {label}
      </Button>
    );
  }
  return (
    <ButtonLink size="sm" icon={icon} href={href}>
      {label}
    </ButtonLink>
  );
}
