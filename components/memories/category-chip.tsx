import clsx from "clsx";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { VisibleText } from "@/components/ui/visible-text";

/** Every category has the colour of memories: it is told by its word. */
export function CategoryChip({ category, className }: { category: string; className?: string }) {
  const { icon: Icon, color, textColor } = DATA_CLASSES.memories;
  return (
    <span
      className={clsx(
        "bg-tint inline-flex h-5 max-w-56 min-w-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium",
        className,
      )}
      style={{ "--c": color, color: textColor } as React.CSSProperties}
    >
      <Icon aria-hidden className="size-3 shrink-0" />
      <VisibleText text={category} inline limit={100} />
    </span>
  );
}
