"use client";

import clsx from "clsx";
import { Columns2 } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { PageLink } from "@/components/ui/page-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { withHiddenNamed } from "@/components/ui/visible-tokens";
import { formatCount } from "@/lib/format";
import type { SessionSummary } from "@/lib/redis/sessions/schema";
import { SessionLifeText } from "./life-strip";

export type SessionRowProps = {
  session: SessionSummary;
  /** When the list was read: lives count from there. */
  nowMs: number;
  href: string;
  /** Its words are dots. */
  masked?: boolean;
  current?: boolean;
  /** Opens it without leaving the page; other clicks (a new tab) stay the link's. */
  onOpen?: (ref: string) => void;
  /** It is about to be opened: the time between press and release is enough to read it. */
  onPress?: (ref: string) => void;
  /** Opens it beside the current one, which has no button but stands in line with the others. */
  onBeside?: (ref: string) => void;
};

/** First words, messages, bytes, life and last activity of one session. */
export function SessionRow({ onBeside, ...props }: SessionRowProps) {
  if (!onBeside) return <RowLink {...props} />;
  return (
    <div className="group/row relative min-w-0">
      <RowLink {...props} withButton />
      {props.current ? null : (
        <IconButton
          size="sm"
          variant="secondary"
          label={`Compare with ${withHiddenNamed(props.session.label)}`}
          onClick={() => onBeside(props.session.ref)}
          className="absolute! top-1 right-1 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 [@media(hover:none)]:opacity-100"
        >
          <Columns2 />
        </IconButton>
      )}
    </div>
  );
}

type RowLinkProps = Omit<SessionRowProps, "onBeside"> & {
  /** Leaves its corner to a button. */
  withButton?: boolean;
};

function RowLink(props: RowLinkProps) {
  const { session, nowMs, href, masked, current, withButton, onOpen, onPress } = props;
  return (
    <PageLink
      href={href}
      ahead={false}
      data-list-item
      aria-current={current ? "true" : undefined}
      onPointerDown={() => onPress?.(session.ref)}
      onClick={(event) => {
        if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(session.ref);
      }}
      className={clsx(
        "flex min-w-0 flex-col gap-0.5 border-l-2 py-2.5 pl-4 -outline-offset-2 transition-colors duration-100",
        withButton ? "pr-10" : "pr-4",
        "border-l-transparent hover:bg-hover",
        // On a narrow screen the list stands alone: nothing is open beside it.
        current && "lg:border-l-accent-fg lg:bg-accent-bg",
      )}
    >
      <span className="flex min-w-0 items-baseline gap-3">
        <span className={clsx("min-w-0 flex-1 truncate text-sm", session.firstWordsHuman && "font-medium")}>
          {session.firstWords === null ? (
            <span className="text-fg-muted italic">an empty message</span>
          ) : masked ? (
            <span className="tracking-tight text-fg-muted select-none">{session.firstWords}</span>
          ) : (
            <VisibleText inline text={session.firstWords} />
          )}
        </span>
        <TimeAgo ms={session.lastActivityMs} none="no time" className="shrink-0 text-xs text-fg-muted" />
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-fg-muted">
        <span className="max-w-32 truncate font-mono text-2xs text-fg-muted">
          <VisibleText inline text={session.label} />
        </span>
        <span>
          {formatCount(session.messages)} {session.messages === 1 ? "message" : "messages"}
        </span>
        {session.sizeBytes === null ? null : <Bytes value={session.sizeBytes} approx />}
        <span className="flex-1" />
        <SessionLifeText life={{ nowMs, ttlMs: session.ttlMs }} />
      </span>
    </PageLink>
  );
}
