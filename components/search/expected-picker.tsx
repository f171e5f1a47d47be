"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MaskedText } from "@/components/ui/masked-text";
import { SearchInput } from "@/components/ui/search-input";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { MemorySummary } from "@/lib/redis/memories/types";
import { HitsSkeleton } from "./hits-skeleton";
import { candidatesQuery } from "./queries";

const PAUSE_MS = 300;

export type ExpectedPickerProps = { userRef: string; onPick: (memoryRef: string) => void };

/** "A memory you expected?": found among the person's own by a piece of its text. */
export function ExpectedPicker({ userRef, onPick }: ExpectedPickerProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery(candidatesQuery(userRef, asked));
  return (
    <Card aria-label="Which memory did you expect?">
      <CardHeader
        title="Which memory did you expect?"
        description={query.data ? `${formatCount(query.data.matching)} to choose from` : undefined}
      />
      <CardBody className="border-b">
        <SearchInput
          label="A piece of its text"
          value={text}
          maxLength={200}
          pending={query.isFetching}
          onChange={(event) => setText(event.target.value)}
          onClear={() => setText("")}
        />
      </CardBody>
      <QueryState
        query={query}
        errorTitle="The memories cannot be listed"
        skeleton={<HitsSkeleton rows={3} />}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <CardBody className="text-fg-muted">No memory of this person holds that text.</CardBody>,
        }}
      >
        {({ items }) => (
          <ul>
            {items.map((memory) => (
              <li key={memory.ref} className="border-b last:border-0">
                <button
                  type="button"
                  onClick={() => onPick(memory.ref)}
                  className="flex w-full flex-col gap-0.5 px-4 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <Text memory={memory} />
                  <span className="text-xs text-fg-muted">
                    <VisibleText text={`${memory.category} ${memory.number}`} inline limit={80} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Card>
  );
}

function Text({ memory }: { memory: MemorySummary }) {
  if (memory.content === "") return <span className="text-fg-subtle italic">no text to show here</span>;
  if (memory.masked) return <MaskedText text={memory.content.slice(0, 200)} />;
  return <VisibleText text={memory.content} inline limit={200} className="!whitespace-normal" />;
}
