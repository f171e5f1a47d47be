"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useHydrated } from "@/components/ui/clock";
import { Mono } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { formatBytes, formatCount, formatDateTime } from "@/lib/format";
import type { WholeMessage } from "@/lib/redis/sessions/schema";
import type { WindowItem } from "./conversation-window";
import { hexDump } from "./hex-dump";
import { readAs, TIME_NOTES } from "./message-words";
import type { SessionTarget } from "./mutations";
import { wholeMessageQuery } from "./queries";

const FIRST_BYTES = 4_096;

export type BytesSheetProps = { target: SessionTarget; item: WindowItem; onClose: () => void };

/** One message as it is stored: its text, and its bytes. */
export function BytesSheet({ target, item, onClose }: BytesSheetProps) {
  // The place as it was when the sheet was opened; the mark makes sure it is this message.
  const [asked] = useState({ position: item.position, mark: item.mark });
  const query = useQuery(wholeMessageQuery(target.userRef, target.session, asked.position, asked.mark));
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="lg"
      title={`Message ${formatCount(asked.position + 1)}`}
      description={
        item.sizeBytes === null
          ? "Counted from the oldest"
          : `Counted from the oldest · ${formatBytes(item.sizeBytes, { exact: true })}`
      }
    >
      <QueryState query={query} skeleton={<Waiting />} errorTitle="This message could not be read">
        {(whole) => (whole.masked ? <Hidden whole={whole} /> : <Whole whole={whole} />)}
      </QueryState>
    </Sheet>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3">
      <Skeleton className="h-20" />
      <Skeleton className="h-7 w-32" />
      <Skeleton className="h-64" />
    </div>
  );
}

/** What a masked role may know of a message. */
function Hidden({ whole }: { whole: WholeMessage }) {
  return (
    <div className="flex flex-col gap-4">
      <Facts whole={whole} />
      <Callout title="Its text and its bytes are hidden">
        Your role sees no personal data. “Reveal”, in this person&rsquo;s header, shows it to you for 15
        minutes; it asks for a reason and is written into the audit log.
      </Callout>
    </div>
  );
}

function Whole({ whole }: { whole: WholeMessage }) {
  const [view, setView] = useState<"text" | "bytes">("text");
  return (
    <div className="flex flex-col gap-4">
      <Facts whole={whole} />
      <div className="flex items-center gap-2">
        <fieldset className="flex rounded-md border border-line-strong">
          <legend className="sr-only">How to show it</legend>
          {(["text", "bytes"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={view === name}
              onClick={() => setView(name)}
              className={clsx(
                "h-7 px-2.5 text-xs font-medium first:rounded-l-md last:rounded-r-md",
                view === name ? "bg-accent-bg text-accent-fg" : "text-fg-muted hover:bg-hover",
              )}
            >
              {name === "text" ? "Text" : "Bytes"}
            </button>
          ))}
        </fieldset>
        <span className="flex-1" />
        <CopyButton
          wide
          text={view === "text" ? whole.text : whole.hex}
          label={view === "text" ? "Copy the text" : "Copy as hexadecimal"}
        />
      </div>
      {view === "text" ? <StoredText whole={whole} /> : <StoredBytes whole={whole} />}
    </div>
  );
}

function Facts({ whole }: { whole: WholeMessage }) {
  const zone = useHydrated() ? "local" : "utc";
  const { message } = whole;
  const facts: [string, string][] = [
    ["Read as", readAs(message)],
    [
      "Time",
      [
        message.timestampMs === null ? null : formatDateTime(message.timestampMs, zone),
        message.timestampNote ? TIME_NOTES[message.timestampNote] : null,
      ]
        .filter(Boolean)
        .join(" · ") || "None could be read.",
    ],
    ["Encoding", whole.utf8 ? "UTF-8" : "Not valid UTF-8"],
    ["Size", whole.sizeBytes === null ? "hidden" : formatBytes(whole.sizeBytes, { exact: true })],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-lg border bg-sunken px-3 py-2 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-fg-muted">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
      {whole.masked ? null : (
        <>
          <dt className="text-fg-muted">Digest</dt>
          <dd>
            <Mono>{whole.digest}</Mono>
          </dd>
        </>
      )}
    </dl>
  );
}

function StoredText({ whole }: { whole: WholeMessage }) {
  return (
    <div className="rounded-lg border bg-sunken px-3 py-2 font-mono text-xs">
      {whole.text === "" ? (
        <span className="text-fg-subtle italic">no bytes</span>
      ) : (
        <VisibleText text={whole.text} goesOn={whole.textCut} />
      )}
      {whole.textCut ? (
        <p className="mt-2 border-t pt-2 font-sans text-fg-muted">
          The message goes on: of {formatBytes(whole.sizeBytes ?? 0)} the first{" "}
          {formatBytes(new TextEncoder().encode(whole.text).length)} are here.
        </p>
      ) : null}
    </div>
  );
}

function StoredBytes({ whole }: { whole: WholeMessage }) {
  const [all, setAll] = useState(false);
  const length = whole.hex.length / 2;
  const shown = all ? whole.hex : whole.hex.slice(0, FIRST_BYTES * 2);
  return (
    <div className="flex flex-col gap-2">
      {/* Scrolls sideways on a narrow screen: a row of sixteen bytes is what offsets are counted in. */}
      <pre className="overflow-x-auto rounded-lg border bg-sunken px-3 py-2 font-mono text-2xs leading-4">
        {hexDump(shown)}
      </pre>
      <div className="flex flex-wrap items-center gap-2 text-xs text-fg-muted">
        {!all && length > FIRST_BYTES ? (
          <Button size="sm" onClick={() => setAll(true)}>
            Show {formatBytes(length)}
          </Button>
        ) : null}
        {whole.hexCut ? (
          <span>
            The first {formatBytes(length)} of {formatBytes(whole.sizeBytes ?? 0)}.
          </span>
        ) : null}
      </div>
    </div>
  );
}
