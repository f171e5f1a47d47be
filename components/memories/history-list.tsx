"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatDateTime } from "@/lib/format";
import type { HistoryDeed, HistoryEntry, MemoryChange } from "@/lib/redis/memories/history-schema";
import { historyQuery } from "./queries";
import { TextDiff } from "./text-diff";

const DEED: Record<HistoryDeed, string> = {
  create: "wrote it",
  edit: "edited it",
  repair: "mended it",
  category: "moved it",
  life: "changed its life",
  merge: "merged others into it",
  bulk: "changed it with others",
  undo: "took a change back",
};

const WHAT: Record<MemoryChange["what"], string> = {
  content: "Text",
  importance: "Importance",
  user_id: "user_id",
  timestamp: "Timestamp",
  category: "Place",
  life: "Ends",
  embedding: "Embedding",
};

/** What operators of this console did to it: who, when, and what was there before. */
export function HistoryList({ userRef, memory }: { userRef: string; memory: string }) {
  const query = useQuery(historyQuery(userRef, memory));
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton className="h-16 w-full" />}
      errorTitle="Its history could not be read"
      empty={{
        when: ({ entries }) => entries.length === 0,
        show: (
          <p className="text-sm text-fg-muted">
            Nobody has edited it with this console. What the assistant writes is not in this history.
          </p>
        ),
      }}
    >
      {({ entries, changedElsewhere, masked }) => (
        <div className="flex flex-col gap-3">
          {masked ? <MaskedMark className="self-start" /> : null}
          {changedElsewhere ? (
            <Callout tone="info">
              It was changed since without this console: by the assistant, or by hand in Redis.
            </Callout>
          ) : null}
          <ol className="flex flex-col gap-3">
            {entries.map((entry, index) => {
              // Two of the same moment are in a fixed order.
              const key = `${entry.atMs}-${entries.length - index}`;
              return <Entry key={key} entry={entry} masked={masked} />;
            })}
          </ol>
          <p className="text-xs text-fg-subtle">
            The last 50 edits, kept sealed until nobody has edited it for 90 days; they go with the memory,
            and with the erasure of the person.
          </p>
        </div>
      )}
    </QueryState>
  );
}

function Entry({ entry, masked }: { entry: HistoryEntry; masked?: boolean }) {
  return (
    <li className="border-l-2 pl-3">
      <p className="text-sm">
        <span className="font-medium">{entry.by}</span> {DEED[entry.deed]} <TimeAgo ms={entry.atMs} />
      </p>
      <ul className="mt-1 flex flex-col gap-1 text-xs text-fg-muted">
        {entry.changes.map((change) => (
          <li key={change.what} className="min-w-0">
            <Change change={change} masked={masked} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Change({ change, masked }: { change: MemoryChange; masked?: boolean }) {
  const { what, before, after } = change;
  if (what === "embedding") return after === null ? "Embedding taken away" : `Embedded with ${after}`;
  if (what !== "content") {
    return (
      <>
        {WHAT[what]}: <Value what={what} value={before} /> → <Value what={what} value={after} />
      </>
    );
  }
  if (masked) {
    return (
      <>
        Text: <MaskedText text={(after ?? "").slice(0, 200)} />
      </>
    );
  }
  return <TextDiff before={before ?? ""} after={after ?? ""} />;
}

function Value({ what, value }: { what: MemoryChange["what"]; value: string | null }) {
  if (value === null) return what === "life" ? "never" : "none";
  if (what === "life" && /^\d+$/.test(value)) return formatDateTime(Number(value), "local");
  return <VisibleText text={value} inline limit={100} className="text-fg" />;
}
