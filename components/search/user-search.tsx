"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, SearchX } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedMark } from "@/components/ui/masked-mark";
import { SearchInput } from "@/components/ui/search-input";
import { TextLink } from "@/components/ui/text-link";
import { formatMs } from "@/lib/format";
import { labAddress, NO_FILTERS, queryOfFragment } from "./address";
import { HitList } from "./hit-list";
import { HitsSkeleton } from "./hits-skeleton";
import { Notices } from "./notices";
import { searchQuery } from "./queries";
import { countWords, orderWords } from "./words";

const PAUSE_MS = 350;
const SHOWN = 10;

export type UserMemorySearchProps = {
  userRef: string;
  /** The person's memories as they are listed when nothing is searched. */
  children: ReactNode;
};

/** The search box over a person's memories: what is typed turns the cards into ranked results. */
export function UserMemorySearch({ userRef, children }: UserMemorySearchProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const query = asked.trim() === "" ? null : asked;
  const result = useQuery(searchQuery(query === null ? null : { userRef, query, k: SHOWN }));

  // A link may carry a query in its fragment, which only the browser knows.
  useEffect(() => {
    const linked = queryOfFragment(window.location.hash);
    setText(linked);
    setAsked(linked);
  }, []);

  useEffect(() => {
    if (text === asked) return;
    // Emptied, the cards come back at once.
    const timer = setTimeout(() => setAsked(text), text.trim() === "" ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked]);

  const labHref = labAddress({ ...NO_FILTERS, user: userRef }, asked);
  const list = (
    <QueryState query={result} errorTitle="The search failed" skeleton={<HitsSkeleton />}>
      {(data) => (
        <div className={`flex flex-col gap-4 ${result.isPlaceholderData ? "opacity-60" : ""}`}>
          <Notices result={data} />
          <Card className="overflow-clip">
            <CardHeader
              title={countWords(data.hits.length)}
              description={data.hits.length > 0 ? orderWords(data) : undefined}
              actions={data.hits.some(({ masked }) => masked) ? <MaskedMark /> : undefined}
            />
            {data.hits.length > 0 ? (
              <HitList hits={data.hits} showUser={false} />
            ) : (
              <EmptyState
                icon={<SearchX />}
                title="No memory of this person is found"
                body="Nothing in the index is near to it, or the index does not hold this person's memories."
              />
            )}
            <CardFooter>
              <span>
                {formatMs(data.timings.embedMs + data.timings.searchMs + data.timings.fetchMs)}
                {data.basis === "index" ? "" : ", compared one by one"}
              </span>
              <TextLink href={labHref} className="ml-auto inline-flex items-center gap-1">
                Filters and commands in the Search lab <ArrowRight aria-hidden className="size-3" />
              </TextLink>
            </CardFooter>
          </Card>
        </div>
      )}
    </QueryState>
  );
  return (
    <div className="flex flex-col gap-4">
      <search aria-labelledby={id}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(text);
          }}
        >
          <span id={id} className="sr-only">
            Search this person's memories
          </span>
          <SearchInput
            label="Search these memories by meaning and words"
            slash
            pending={query !== null && result.isFetching}
            value={text}
            maxLength={1_000}
            onChange={(event) => setText(event.target.value)}
            onClear={() => setText("")}
          />
        </form>
      </search>
      <p role="status" className="sr-only">
        {query !== null && result.data && !result.isPlaceholderData
          ? `${countWords(result.data.hits.length)} found`
          : ""}
      </p>
      {query === null ? children : result.data === undefined ? <Card>{list}</Card> : list}
    </div>
  );
}
