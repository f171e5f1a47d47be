"use client";

import { useQuery } from "@tanstack/react-query";
import { Boxes } from "lucide-react";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDistance } from "@/lib/format";
import type { VectorSetResult, VectorSets } from "@/lib/redis/recall/types";
import type { VectorSetsInput } from "@/lib/redis/search/schema";
import { pasteText, shortened } from "./command-words";
import { HitsSkeleton } from "./hits-skeleton";
import { vectorSetsQuery } from "./queries";

/** Redis's own vector sets among a person's keys. Looked for on demand: it is a walk over the keys. */
export function VectorSetsCard({ input }: { input: VectorSetsInput }) {
  const [open, setOpen] = useState(false);
  const query = useQuery(vectorSetsQuery(open ? input : null));
  return (
    <Card aria-label="Vector sets">
      <CardHeader
        icon={<Boxes />}
        title="Vector sets"
        description="where an assistant keeps vectors outside of hashes"
        actions={
          <>
            {query.data?.masked ? <MaskedMark /> : null}
            {open ? null : (
              <Button size="sm" onClick={() => setOpen(true)}>
                Look for them
              </Button>
            )}
          </>
        }
      />
      {open ? (
        <QueryState
          query={query}
          errorTitle="The vector sets cannot be searched"
          skeleton={<HitsSkeleton rows={2} />}
          empty={{
            when: ({ sets }) => sets.length === 0,
            show: <CardBody className="text-fg-muted">This person has no vector sets.</CardBody>,
          }}
        >
          {(data) => <Sets data={data} />}
        </QueryState>
      ) : null}
    </Card>
  );
}

function Sets({ data }: { data: VectorSets }) {
  return (
    <>
      {data.sets.map((set) => (
        <OneSet key={set.name} set={set} />
      ))}
      {data.more > 0 ? <CardFooter>{formatCount(data.more)} more are not asked</CardFooter> : null}
    </>
  );
}

function OneSet({ set }: { set: VectorSetResult }) {
  return (
    <CardBody className="flex flex-col gap-3 border-b last:border-0">
      <p className="text-sm">
        <VisibleText text={set.name} inline limit={80} className="font-mono" />{" "}
        <span className="text-fg-muted">
          {formatCount(set.elements)} {set.elements === 1 ? "element" : "elements"},{" "}
          {formatCount(set.dimensions)} dimensions, kept as {set.quantisation}
        </span>
      </p>
      {set.hits === null ? (
        <p className="text-sm text-fg-muted">
          The model gives vectors of another length. Paste one of {formatCount(set.dimensions)} numbers to
          search here.
        </p>
      ) : (
        <ol className="flex flex-col gap-1">
          {set.hits.map((hit) => (
            <li key={hit.rank} className="flex items-baseline gap-3 text-sm">
              <span className="w-5 shrink-0 text-right text-fg-subtle">{hit.rank}</span>
              <span className="min-w-0 flex-1">
                {hit.masked ? (
                  <MaskedText text={hit.element.slice(0, 200)} />
                ) : (
                  <VisibleText text={hit.element} inline limit={200} className="!whitespace-normal" />
                )}
              </span>
              <span className="text-xs text-fg-muted">score {formatDistance(hit.score)}</span>
              <span className="text-xs">distance {formatDistance(hit.distance)}</span>
            </li>
          ))}
        </ol>
      )}
      {set.foreignHits > 0 ? (
        <p className="text-sm text-warn-fg">
          {formatCount(set.foreignHits)} elements name another person and are not shown.
        </p>
      ) : null}
      {set.commands.map(({ text }) => (
        <CodeBlock key={text} text={shortened(text)} copyText={pasteText(text)} />
      ))}
    </CardBody>
  );
}
