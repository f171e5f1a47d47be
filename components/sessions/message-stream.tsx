"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useAfterPaint } from "@/components/ui/after-paint";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/clock";
import { formatCount } from "@/lib/format";
import type { ConversationWindow, WindowItem } from "./conversation-window";
import { newerThan } from "./conversation-window";
import type { MessageActions } from "./message-bubble";
import { MessageRow } from "./message-row";
import { StreamEdge } from "./stream-edge";
import type { Conversation } from "./use-conversation";

/** How near to the end counts as being there, in pixels. */
const AT_END = 64;
/** Rows from either end of what is loaded at which more is asked for. */
const LOAD_AHEAD = 15;

/** What is looked for in the session. */
export type Found = {
  words: string;
  /** Positions of the messages that hold the words. */
  positions: ReadonlySet<number>;
  /** The place that is gone to: a new object goes there again. */
  goTo: { position: number } | null;
  /** Where the message that was gone to stands now. */
  current: number | null;
};

export type MessageStreamProps = MessageActions & {
  window: ConversationWindow;
  conversation: Conversation;
  found: Found;
};

/** The messages, oldest first. Only what is near the screen is in the page; it stays in place while both ends grow. */
export function MessageStream(props: MessageStreamProps) {
  const hydrated = useHydrated();
  // The server cannot know heights: it shows the newest few, as the browser will scroll to them.
  // When the window began anew, so does the view of it: at the newest message.
  return hydrated ? <LiveStream key={props.window.restarts} {...props} /> : <StaticEnd {...props} />;
}

function StaticEnd({ window, onBytes, onLink }: MessageStreamProps) {
  const items = window.items.slice(-14);
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden pb-3">
      {items.map((item, index) => (
        <MessageRow key={item.key} items={items} index={index} onBytes={onBytes} onLink={onLink} />
      ))}
    </div>
  );
}

function LiveStream({ window, conversation, found, ...actions }: MessageStreamProps) {
  // First the words: four buttons a message that nobody points at yet come right after them.
  const withActions = useAfterPaint();
  const { items } = window;
  const { following, topmost, load, loading, failed, jumpToNewest } = conversation;
  const scroller = useRef<HTMLDivElement>(null);
  // The message to begin at, when it is not the newest.
  const [anchor] = useState(() => items.findIndex(({ key }) => key === window.anchor));
  const [atEnd, setAtEnd] = useState(anchor < 0);
  const [seen, setSeen] = useState(window.arrived);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => estimateHeight(items[index]),
    // Begin where the reader is sent: at the top, older ones would be asked for at once.
    initialOffset: () =>
      anchor < 0 ? 1e9 : items.slice(0, anchor).reduce((sum, item) => sum + estimateHeight(item), 0),
    overscan: 6,
    paddingStart: 44,
    paddingEnd: 12,
    // New messages below keep the reader's place; at the end they are followed.
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: AT_END,
  });

  useLayoutEffect(() => {
    if (anchor < 0) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(anchor, { align: "center" });
  }, [virtualizer, anchor]);

  useEffect(() => {
    if (!scroller.current) return;
    // A form or a search bar takes room: who reads the newest message goes on reading it.
    const observer = new ResizeObserver(() => {
      if (following.current) virtualizer.scrollToEnd();
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [virtualizer, following]);

  const range = virtualizer.range;
  const nearOldest = range !== null && range.startIndex < LOAD_AHEAD && window.first > 0;
  const nearNewest = range !== null && range.endIndex >= items.length - LOAD_AHEAD && newerThan(window) > 0;
  useEffect(() => {
    if (failed) return;
    if (nearOldest) void load("older");
    else if (nearNewest) void load("newer");
  }, [nearOldest, nearNewest, failed, load]);

  const { goTo } = found;
  const wentTo = useRef<typeof goTo>(null);
  useEffect(() => {
    // Once for each match that is chosen: new messages must not pull the reader back to it.
    if (goTo === null || wentTo.current === goTo) return;
    wentTo.current = goTo;
    const index = goTo.position - window.first;
    if (index >= 0 && index < items.length) virtualizer.scrollToIndex(index, { align: "center" });
  }, [goTo, items, window.first, virtualizer]);

  const height = virtualizer.getTotalSize();
  const look = useCallback(() => {
    const view = scroller.current;
    if (!view) return;
    const left = view.scrollHeight - view.scrollTop - view.clientHeight;
    const now = newerThan(window) === 0 && left <= AT_END;
    following.current = now;
    topmost.current = window.first + (virtualizer.range?.startIndex ?? 0);
    setAtEnd(now);
    if (now) setSeen(window.arrived);
  }, [window, following, topmost, virtualizer]);
  // Also when the messages grew without anybody scrolling.
  useEffect(() => {
    if (height > 0) look();
  }, [look, height]);
  const unseen = window.arrived - seen;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        onScroll={look}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div className="relative w-full" style={{ height }}>
          <StreamEdge
            atStart={window.first === 0}
            loading={loading === "older"}
            failed={failed === "older"}
            left={window.first}
            onRetry={() => void load("older")}
          />
          <ol
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${virtualizer.getVirtualItems()[0]?.start ?? 0}px)` }}
          >
            {virtualizer.getVirtualItems().map((row) => {
              const position = window.first + row.index;
              const isMatch = found.positions.has(position);
              return (
                <li
                  key={row.key}
                  ref={virtualizer.measureElement}
                  data-index={row.index}
                  aria-setsize={window.length}
                  aria-posinset={position + 1}
                >
                  <MessageRow
                    items={items}
                    index={row.index}
                    found={position === found.current ? "current" : isMatch ? "match" : undefined}
                    words={isMatch ? found.words : ""}
                    withActions={withActions}
                    {...actions}
                  />
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      {atEnd ? null : (
        <Button
          size="sm"
          variant={unseen > 0 ? "primary" : "secondary"}
          icon={<ArrowDown />}
          className="pop-in absolute right-4 bottom-3 rounded-full shadow-pop"
          onClick={() => {
            if (newerThan(window) > 0) jumpToNewest();
            virtualizer.scrollToEnd();
          }}
        >
          {unseen > 0 ? `${formatCount(unseen)} new` : "Newest"}
        </Button>
      )}
      <span role="status" className="sr-only">
        {unseen > 0 ? `${formatCount(unseen)} new ${unseen === 1 ? "message" : "messages"}` : ""}
      </span>
    </div>
  );
}

/** Close to the truth, so that the scroll bar does not jump: lines of about 64 characters, and what is around them. */
function estimateHeight(item: WindowItem | undefined): number {
  if (!item) return 72;
  const length = Math.min(item.text.length, 1_000);
  const lines = Math.ceil(length / 64) + (item.text.slice(0, 1_000).match(/\n/g)?.length ?? 0);
  return 52 + Math.max(1, lines) * 20 + (item.cut ? 34 : 0) + (item.calls?.length ?? 0) * 34;
}
