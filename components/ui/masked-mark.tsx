import clsx from "clsx";
import { EyeOff } from "lucide-react";

export type MaskedMarkProps = { tip?: string; className?: string };

/** Says calmly that what stands here is hidden, and not missing. */
export function MaskedMark({
  tip = "Hidden: this role sees no personal data until it is revealed",
  className,
}: MaskedMarkProps) {
  return (
    <span
      data-tip={tip}
      className={clsx("relative inline-flex items-center gap-1 text-xs text-fg-subtle", className)}
    >
      <EyeOff aria-hidden className="size-3 shrink-0" />
      masked
    </span>
  );
}
