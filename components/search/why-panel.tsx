"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleHelp } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDistance } from "@/lib/format";
import type { WhyAnswer, WhyChange } from "@/lib/redis/recall/why-types";
import type { WhyInput } from "@/lib/redis/search/schema";
import { whyQuery } from "./queries";
import { changeLabel, reasonWords } from "./why-words";

export type WhyPanelProps = {
  /** null: nothing was looked for yet. */
  input: WhyInput | null;
  onClose: () => void;
  /** Makes the changes and searches. */
  onApply: (changes: WhyChange[]) => void;
};

/** Why a memory that somebody expected is not among the hits, and what would have found it. */
export function WhyPanel({ input, onClose, onApply }: WhyPanelProps) {
  const query = useQuery(whyQuery(input));
  return (
    <Card aria-label="Why was this memory not found?">
      <CardHeader
        icon={<CircleHelp />}
        title="Why was this memory not found?"
        actions={
          <>
            {query.data?.masked ? <MaskedMark /> : null}
            <Button size="sm" variant="ghost" onClick={onClose}>
              Close
            </Button>
          </>
        }
      />
      {input === null ? (
        <CardBody className="text-fg-muted">
          Type what was asked, and search: the answer stands here.
        </CardBody>
      ) : (
        <QueryState query={query} errorTitle="No explanation" skeleton={<WhySkeleton />}>
          {(answer) => (
            <div className={query.isPlaceholderData ? "opacity-60" : ""}>
              <Explanation answer={answer} onApply={onApply} />
            </div>
          )}
        </QueryState>
      )}
    </Card>
  );
}

function Explanation({ answer, onApply }: { answer: WhyAnswer; onApply: WhyPanelProps["onApply"] }) {
  const { memory, reasons } = answer;
  const href = `/users/${memory.userRef}/memories?memory=${memory.memoryRef}`;
  const ranks = [
    answer.vectorRank === null ? null : `meaning #${formatCount(answer.vectorRank)}`,
    answer.textRank === null ? null : `words #${formatCount(answer.textRank)}`,
    answer.distance === null ? null : `distance ${formatDistance(answer.distance)}`,
  ].filter(Boolean);
  return (
    <CardBody className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <TextLink href={href} className="line-clamp-2 text-base">
          {memory.content === "" ? (
            "no text"
          ) : answer.masked ? (
            <MaskedText text={memory.content.slice(0, 300)} />
          ) : (
            <VisibleText text={memory.content} inline limit={300} className="!whitespace-normal" />
          )}
        </TextLink>
        <p className="text-xs text-fg-muted">
          <VisibleText text={`${memory.category} ${memory.number}`} inline limit={80} />
          {ranks.length > 0 ? ` · ${ranks.join(" · ")}` : ""}
          {answer.index === null ? " · compared one by one" : ` · ${answer.index}`}
        </p>
      </div>
      <ol className="flex flex-col gap-2" aria-label="Reasons">
        {reasons.map((reason) => {
          const told = reasonWords(reason);
          const { title, body } = told;
          // The doctor looks at an index; without one only the memory is there to be mended.
          const mend = told.mend === "doctor" && answer.index === null ? "memory" : told.mend;
          return (
            <li key={title} className="flex gap-2">
              {reason.kind === "found" ? (
                <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok-fg" />
              ) : (
                <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-warn" />
              )}
              <div className="min-w-0">
                <p className="font-medium">{title}</p>
                <p className="text-fg-muted wrap-anywhere">
                  {body} {mend === "memory" ? <TextLink href={href}>Open the memory</TextLink> : null}
                  {mend === "index" ? <TextLink href="/indexes">Index</TextLink> : null}
                  {mend === "doctor" ? (
                    <TextLink href={`/indexes/doctor?index=${encodeURIComponent(answer.index ?? "")}`}>
                      Vector doctor
                    </TextLink>
                  ) : null}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      <Cures answer={answer} onApply={onApply} />
    </CardBody>
  );
}

function Cures({ answer, onApply }: { answer: WhyAnswer; onApply: WhyPanelProps["onApply"] }) {
  const { needed, neededSuffice, anyOf } = answer;
  const hidden = (change: WhyChange) => answer.masked && change.kind === "word";
  const choices = neededSuffice ? [needed] : anyOf.map((change) => [...needed, change]);
  if (choices.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-t pt-3">
      <p className="text-xs font-medium text-fg-muted">
        {choices.length === 1
          ? "This would have found it; it was tried"
          : "Each of these would have found it; all were tried"}
      </p>
      <div className="flex flex-wrap gap-2">
        {choices.map((changes) => {
          const label = changes.map(changeLabel).join(" · ");
          return changes.some(hidden) ? (
            <span key={label} className="rounded-md border border-dashed px-2 py-1 text-xs text-fg-muted">
              {label}
            </span>
          ) : (
            <Button key={label} size="sm" onClick={() => onApply(changes)}>
              {label}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

function WhySkeleton() {
  return (
    <CardBody className="flex flex-col gap-3" aria-hidden>
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="h-10 w-full" />
    </CardBody>
  );
}
