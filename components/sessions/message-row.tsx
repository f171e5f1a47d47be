"use client";

import { useHydrated } from "@/components/ui/clock";
import { formatDay } from "@/lib/format";
import type { WindowItem } from "./conversation-window";
import { type MessageActions, MessageBubble } from "./message-bubble";
import { markBefore } from "./message-marks";

export type MessageRowProps = MessageActions & {
  items: readonly WindowItem[];
  index: number;
  found?: "match" | "current";
  /** What was looked for, in a message that holds it. */
  words?: string;
  withActions?: boolean;
};

/** A message with the day line or the pause above it. */
export function MessageRow({ items, index, ...rest }: MessageRowProps) {
  const zone = useHydrated() ? "local" : "utc";
  const item = items[index];
  if (!item) return null;
  const { dayMs, pause } = markBefore(items, index, zone);
  return (
    <div className="px-4 pt-1">
      {dayMs !== null ? (
        <div className="flex items-center gap-3 pt-3 pb-3 text-xs text-fg-muted">
          <span aria-hidden className="h-px flex-1 bg-line" />
          <span>
            <span className="font-medium">{formatDay(dayMs, zone)}</span>
            {pause ? <span className="text-fg-subtle"> · {pause}</span> : null}
          </span>
          <span aria-hidden className="h-px flex-1 bg-line" />
        </div>
      ) : pause ? (
        <p className="pt-2 pb-2 text-center text-xs text-fg-subtle">{pause}</p>
      ) : null}
      <MessageBubble item={item} {...rest} />
    </div>
  );
}
