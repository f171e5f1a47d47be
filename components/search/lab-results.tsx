"use client";

import { CircleHelp, ListChecks, SearchCode, SearchX } from "lucide-react";
import { type QueryLike, QueryState } from "@/components/query/query-state";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedMark } from "@/components/ui/masked-mark";
import type { SearchResult } from "@/lib/redis/recall/types";
import { CommandsCard } from "./commands-card";
import { HitList } from "./hit-list";
import { HitsSkeleton } from "./hits-skeleton";
import { Notices } from "./notices";
import { countWords, orderWords } from "./words";

const EXAMPLES = ["meetings", "allergies", "family"];

export type LabResultsProps = {
  result: QueryLike<SearchResult> & { isPlaceholderData: boolean };
  asked: boolean;
  /** Nobody in particular was asked for: each hit names its person. */
  everyone: boolean;
  onExample: (query: string) => void;
  /** Asked for where somebody misses a memory; null where no person is named. */
  onMissing: (() => void) | null;
  /** Where the question can be kept as a recall test; null for those who may not. */
  testHref: string | null;
};

export function LabResults({ result, asked, everyone, onExample, onMissing, testHref }: LabResultsProps) {
  if (!asked) return <Begin onExample={onExample} />;
  const list = (
    <QueryState query={result} errorTitle="The search failed" skeleton={<HitsSkeleton />}>
      {(data) => (
        <div
          className={`flex min-w-0 flex-col gap-4 transition-opacity duration-100 ${result.isPlaceholderData ? "opacity-60" : ""}`}
        >
          <Notices result={data} />
          <Card className="overflow-clip">
            <CardHeader
              title={countWords(data.hits.length)}
              description={data.hits.length > 0 ? orderWords(data) : undefined}
              actions={data.hits.some(({ masked }) => masked) ? <MaskedMark /> : undefined}
            />
            {data.hits.length > 0 ? (
              <HitList hits={data.hits} showUser={everyone} />
            ) : (
              <Nothing result={data} />
            )}
            {data.droppedWords.length > 0 || onMissing || testHref ? (
              <CardFooter>
                {data.droppedWords.length > 0 ? (
                  <span>Left out, because they tell no texts apart: {data.droppedWords.join(", ")}</span>
                ) : null}
                <span className="ml-auto flex flex-wrap gap-1">
                  {testHref ? (
                    <ButtonLink size="sm" variant="ghost" icon={<ListChecks />} href={testHref} ahead={false}>
                      Keep as a recall test
                    </ButtonLink>
                  ) : null}
                  {onMissing ? (
                    <Button size="sm" variant="ghost" icon={<CircleHelp />} onClick={onMissing}>
                      A memory you expected?
                    </Button>
                  ) : null}
                </span>
              </CardFooter>
            ) : null}
          </Card>
          <CommandsCard result={data} />
        </div>
      )}
    </QueryState>
  );
  // Skeleton and failure stand in the place of the list.
  return result.data === undefined ? <Card>{list}</Card> : <div className="min-w-0">{list}</div>;
}

function Begin({ onExample }: { onExample: (query: string) => void }) {
  return (
    <Card>
      <EmptyState
        icon={<SearchCode />}
        title="What would the assistant remember?"
        body="Type what it would be asked about. The nearest memories come with both ranks, their distance, and the exact commands behind them."
        action={EXAMPLES.map((query) => (
          <Button key={query} size="sm" onClick={() => onExample(query)}>
            {query}
          </Button>
        ))}
      />
    </Card>
  );
}

function Nothing({ result }: { result: SearchResult }) {
  const who = result.user ? "of this person " : "";
  const { ran } = result;
  const nothingRan = !ran.vector && !ran.text;
  return (
    <EmptyState
      icon={<SearchX />}
      title={nothingRan ? "Nothing could be asked" : `No memory ${who}passes`}
      body={
        nothingRan
          ? "What is said above leaves neither meaning nor words to search by."
          : result.basis === "exact-scan"
            ? "Filters may exclude them all, or no memory of this person has a comparable vector or one of the words."
            : ran.vector
              ? "Filters may exclude them all, the id may be another one, or there are no memories in the index."
              : "No memory holds one of these words. By meaning, related ones would be found without them."
      }
    />
  );
}
