"use client";

import clsx from "clsx";
import { TriangleAlert } from "lucide-react";
import type { KeyboardEvent, MouseEvent, Ref } from "react";
import { Bytes } from "@/components/ui/bytes";
import { Checkbox } from "@/components/ui/input";
import { MaskedText } from "@/components/ui/masked-text";
import { PageLink } from "@/components/ui/page-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatBytes, formatCount } from "@/lib/format";
import type { MemorySummary } from "@/lib/redis/memories/types";
import { CategoryChip } from "./category-chip";
import { Importance } from "./importance";
import { IndexedBadge } from "./indexed-badge";
import { MemoryLife } from "./memory-life";
import { cardProblems } from "./problems";

export type MemoryCardProps = {
  memory: MemorySummary;
  readAtMs: number;
  /** Where the card leads: the page with this memory opened. */
  href: string;
  /** Opens it without a round trip to the server. */
  onOpen: () => void;
  ref?: Ref<HTMLLIElement>;
  /** Where it stands in the whole list. */
  place: { index: number; row: number; count: number };
  /** undefined for those who may not change it. */
  chosen?: boolean;
  /** @param upTo with everything since the last one */
  onChoose: (upTo: boolean) => void;
  /** Without an index in use, the page says so once instead of on every card. */
  showIndexed: boolean;
};

/** What of a content a card has room for. */
const SHOWN_CHARS = 320;

export function MemoryCard(props: MemoryCardProps) {
  const { memory, readAtMs, href, onOpen, showIndexed, place, chosen, onChoose } = props;
  const problems = cardProblems(memory, showIndexed);
  const { indexed } = memory;

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen();
  }

  function choose(event: KeyboardEvent) {
    if (chosen === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "x" || event.key === "X") onChoose(event.shiftKey);
  }

  return (
    <li
      ref={props.ref}
      data-list-item
      data-row={place.row}
      data-place={place.index}
      aria-setsize={place.count}
      aria-posinset={place.index + 1}
      className={clsx(
        "relative flex min-w-0 flex-col gap-2 rounded-lg border px-4 py-3 transition-colors duration-100",
        chosen ? "border-accent-line bg-accent-bg" : "bg-surface hover:border-line-strong hover:bg-hover",
      )}
    >
      <div className="flex min-w-0 items-center gap-2">
        {chosen === undefined ? null : (
          <Checkbox
            label={
              <span className="sr-only">
                Choose {memory.category} {memory.number}
              </span>
            }
            checked={chosen}
            onChange={() => {}}
            onClick={(event) => onChoose(event.shiftKey)}
            className="z-10 -my-1 -ml-1 !gap-0 p-1"
          />
        )}
        <CategoryChip category={memory.category} />
        <span className="min-w-0 truncate font-mono text-xs text-fg-subtle">
          <VisibleText text={memory.number} inline limit={40} />
        </span>
        <span className="ml-auto shrink-0">
          <Importance importance={memory.importance} />
        </span>
      </div>
      <PageLink
        href={href}
        ahead={false}
        scroll={false}
        onClick={open}
        onKeyDown={choose}
        className="line-clamp-3 min-h-5 text-base after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
      >
        {memory.content === "" ? (
          <span className="text-fg-subtle italic">{emptyText(memory)}</span>
        ) : memory.masked ? (
          <MaskedText text={memory.content.slice(0, SHOWN_CHARS)} />
        ) : (
          <VisibleText text={memory.content} inline limit={SHOWN_CHARS} className="!whitespace-normal" />
        )}
      </PageLink>
      {problems.length > 0 ? (
        <ul className="flex flex-col gap-0.5 text-xs text-warn-fg">
          {problems.map((problem) => (
            <li key={problem} className="flex gap-1.5">
              <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
              <VisibleText text={problem} className="min-w-0" />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-fg-muted">
        <TimeAgo ms={memory.timestampMs} none="no time" className="relative" />
        <span className="relative">
          <MemoryLife ttlMs={memory.ttlMs} readAtMs={readAtMs} />
        </span>
        {memory.sizeBytes === null ? null : <Bytes value={memory.sizeBytes} approx className="relative" />}
        <Embedding memory={memory} />
        {showIndexed ? (
          <span className="relative ml-auto">
            <IndexedBadge indexed={indexed} />
          </span>
        ) : null}
      </div>
    </li>
  );
}

/** How long its vector is and which model made it, as far as that is written down. */
function Embedding({ memory: { embedding } }: { memory: MemorySummary }) {
  const { present, dimensions, model } = embedding;
  if (!present) return null;
  const isVector = dimensions !== null;
  const size = isVector
    ? `${formatCount(dimensions)} numbers`
    : `${formatBytes(embedding.bytes)}, no FLOAT32`;
  return (
    <span
      className="relative max-w-60 min-w-0 truncate"
      data-tip={`Embedding: ${size}${model === null ? ", its model is not said" : ` by ${model}`}`}
    >
      {model === null ? size : `${isVector ? formatCount(dimensions) : size} · ${model}`}
    </span>
  );
}

function emptyText({ contentCut, contentBytes, masked }: MemorySummary): string {
  if (!contentCut) return "no text";
  return masked
    ? `up to ${formatBytes(contentBytes)} of text`
    : `${formatBytes(contentBytes)} of text: open it to read`;
}
