import {
  Box,
  Brain,
  Gauge,
  type LucideIcon,
  MessagesSquare,
  ShieldQuestionMark,
  Waypoints,
} from "lucide-react";
import { formatCount } from "@/lib/format";

export type DataClass = "sessions" | "rate-limits" | "memories" | "index" | "other" | "disputed";

/** One word, one icon, one colour for a class of data, on chips, bars, charts and feeds alike. */
export const DATA_CLASSES: Record<
  DataClass,
  { word: string; icon: LucideIcon; color: string; textColor: string }
> = {
  sessions: {
    word: "Sessions",
    icon: MessagesSquare,
    color: "var(--class-sessions)",
    textColor: "var(--class-sessions-fg)",
  },
  "rate-limits": {
    word: "Rate limits",
    icon: Gauge,
    color: "var(--class-rate-limits)",
    textColor: "var(--class-rate-limits-fg)",
  },
  memories: {
    word: "Memories",
    icon: Brain,
    color: "var(--class-memories)",
    textColor: "var(--class-memories-fg)",
  },
  index: { word: "Index", icon: Waypoints, color: "var(--class-index)", textColor: "var(--class-index-fg)" },
  other: { word: "Other", icon: Box, color: "var(--class-other)", textColor: "var(--class-other-fg)" },
  disputed: {
    word: "Disputed",
    icon: ShieldQuestionMark,
    color: "var(--class-disputed)",
    textColor: "var(--class-disputed-fg)",
  },
};

export type ClassChipProps = { class: DataClass; count?: number; className?: string };

export function ClassChip({ class: name, count, className = "" }: ClassChipProps) {
  const { word, icon: Icon, color, textColor } = DATA_CLASSES[name];
  return (
    <span
      className={`bg-tint inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap ${className}`}
      style={{ "--c": color, color: textColor } as React.CSSProperties}
    >
      <Icon aria-hidden className="size-3 shrink-0" />
      {word}
      {count === undefined ? null : <span>{formatCount(count)}</span>}
    </span>
  );
}
