"use client";

import clsx from "clsx";
import { Binary, Link2, Trash2 } from "lucide-react";
import { memo } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/clock";
import { CopyButton } from "@/components/ui/copy-button";
import { VisibleText } from "@/components/ui/visible-text";
import { withHiddenNamed } from "@/components/ui/visible-tokens";
import { formatBytes, formatCount, formatDateTime, formatTime } from "@/lib/format";
import type { WindowItem } from "./conversation-window";
import { FunctionCalls } from "./function-calls";
import { RAW_WORDS, speakerWord, TIME_NOTES } from "./message-words";

/** Characters of a bubble before "show all": a wall of text hides the conversation. */
const BUBBLE_CHARACTERS = 1_000;

export type MessageActions = {
  onBytes: (item: WindowItem) => void;
  onLink: (item: WindowItem) => void;
  /** Missing where the operator may not delete. */
  onDelete?: (item: WindowItem) => void;
};

export type MessageBubbleProps = MessageActions & {
  item: WindowItem;
  found?: "match" | "current";
  /** Marked in the text. */
  words?: string;
  /** Their place is there without them. */
  withActions?: boolean;
};

const LOOK: Record<WindowItem["kind"], string> = {
  human: "border-accent-line bg-accent-bg",
  ai: "bg-surface",
  other: "bg-sunken",
  raw: "border-dashed border-line-strong bg-sunken font-mono text-xs",
};

/** One message, for what it is: a bubble at the person's or the assistant's side, or its bytes as they were stored. */
export const MessageBubble = memo(function MessageBubble(props: MessageBubbleProps) {
  const { item, found, words = "", onBytes } = props;
  const human = item.kind === "human";
  return (
    <div className={clsx("group flex flex-col gap-0.5", human ? "items-end" : "items-start")}>
      <div
        className={clsx(
          "max-w-[min(100%,68ch)] min-w-0 rounded-lg border px-3 py-2 sm:max-w-[min(86%,68ch)]",
          LOOK[item.kind],
          found && "outline-2 outline-offset-1",
          found === "match" && "outline-warn-line",
          found === "current" && "outline-warn",
        )}
      >
        <Words item={item} words={words} />
        {item.calls ? <FunctionCalls item={item} calls={item.calls} words={words} onBytes={onBytes} /> : null}
        {item.cut && item.sizeBytes !== null ? (
          <Button size="sm" className="mt-1.5 font-sans" onClick={() => onBytes(item)}>
            Read the whole message, {formatBytes(item.sizeBytes)}
          </Button>
        ) : null}
      </div>
      <Meta {...props} />
    </div>
  );
});

function Words({ item, words }: { item: WindowItem; words: string }) {
  if (item.text === "" && item.calls) return null;
  const nothing = item.rawReason === "empty" ? "no bytes" : item.text === "" ? "an empty text" : null;
  if (nothing) return <span className="text-fg-muted italic">{nothing}</span>;
  if (!item.masked) {
    const at = words === "" ? -1 : item.text.toLowerCase().indexOf(words.toLowerCase());
    // What was found must be seen: then the text is not cut before it.
    const limit = at + words.length > BUBBLE_CHARACTERS ? item.text.length : BUBBLE_CHARACTERS;
    return <VisibleText key={limit} text={item.text} limit={limit} goesOn={item.cut} highlight={words} />;
  }
  return (
    <>
      <span className="sr-only">Masked: {formatCount(item.text.split(/\s+/).length)} words</span>
      {/* Read aloud, a wall of dots says nothing. */}
      <span
        aria-hidden
        className="tracking-tight whitespace-pre-wrap text-fg-muted wrap-anywhere select-none"
      >
        {item.text}
      </span>
    </>
  );
}

function Meta({ item, withActions, ...actions }: MessageBubbleProps) {
  const hydrated = useHydrated();
  const zone = hydrated ? "local" : "utc";
  const note = item.timestampNote ? TIME_NOTES[item.timestampNote] : null;
  const full = item.timestampMs === null ? null : formatDateTime(item.timestampMs, "utc");
  const place = [
    `Message ${formatCount(item.position + 1)}, counted from the oldest`,
    item.sizeBytes === null ? null : formatBytes(item.sizeBytes, { exact: true }),
  ];
  return (
    <div
      className={clsx(
        "flex min-h-7 max-w-full flex-wrap items-center gap-x-1.5 px-1 text-2xs text-fg-subtle",
        // The words stay under the bubble's edge; what appears on hover appears inward.
        item.kind === "human" && "flex-row-reverse",
      )}
    >
      {item.kind === "raw" && item.rawReason ? (
        <>
          <Badge tone="warn" data-tip={RAW_WORDS[item.rawReason].long}>
            {RAW_WORDS[item.rawReason].short}
          </Badge>
          {/* It quotes the character that it stumbled over. */}
          {item.rawDetail ? <VisibleText text={item.rawDetail} className="min-w-0" /> : null}
        </>
      ) : item.kind === "other" ? (
        <Badge data-tip="A type other than human and ai">
          <VisibleText inline text={speakerWord(item)} />
        </Badge>
      ) : (
        <span className="font-medium">{speakerWord(item)}</span>
      )}
      <span data-tip={[full, note, place.filter(Boolean).join(" · ")].filter(Boolean).join("\n")}>
        {item.timestampMs === null ? "no time" : formatTime(item.timestampMs, zone)}
        {item.timestampNote === "milliseconds" ? " (ms)" : ""}
      </span>
      {item.sizeBytes !== null && item.sizeBytes >= 1_000 ? <span>{formatBytes(item.sizeBytes)}</span> : null}
      {item.extraFields ? (
        <Badge data-tip={`Further fields: ${withHiddenNamed(item.extraFields.join(", "))}`}>
          +{formatCount(item.extraFields.length)} {item.extraFields.length === 1 ? "field" : "fields"}
        </Badge>
      ) : null}
      {withActions ? <Actions item={item} {...actions} /> : null}
    </div>
  );
}

function Actions({ item, onBytes, onLink, onDelete }: MessageActions & { item: WindowItem }) {
  return (
    <span className="flex opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100">
      <IconButton size="sm" label="Show its bytes" onClick={() => onBytes(item)}>
        <Binary />
      </IconButton>
      <IconButton size="sm" label="Copy a link to it" onClick={() => onLink(item)}>
        <Link2 />
      </IconButton>
      {item.masked ? null : (
        <CopyButton text={item.text} label={item.cut ? "Copy what is shown" : "Copy its text"} />
      )}
      {/* Nobody deletes what they cannot read. */}
      {onDelete && !item.masked ? (
        <IconButton size="sm" label="Delete this message" onClick={() => onDelete(item)}>
          <Trash2 />
        </IconButton>
      ) : null}
    </span>
  );
}
