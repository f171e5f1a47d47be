"use client";

import { describeError } from "@/components/query/console-error";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import type { ExpectedMemory } from "@/lib/redis/evaluation/types";
import type { SearchResult } from "@/lib/redis/recall/types";

export type ExpectedChoiceProps = {
  found: { data: SearchResult | undefined; error: unknown; isFetching: boolean };
  chosen: ExpectedMemory[];
  onChange: (chosen: ExpectedMemory[]) => void;
};

const SHOWN_CHARS = 160;

/** Memories to expect: those that are chosen, then those that were found. */
export function ExpectedChoice({ found, chosen, onChange }: ExpectedChoiceProps) {
  const names = new Set(chosen.map(({ memoryRef }) => memoryRef));
  const others = (found.data?.hits ?? [])
    .filter(({ memoryRef }) => !names.has(memoryRef))
    .map(({ memoryRef, category, number, content }) => ({ memoryRef, category, number, content }));
  const failure = found.error && !found.isFetching ? describeError(found.error) : null;
  if (chosen.length === 0 && !found.data) {
    if (found.isFetching) return <Skeleton className="h-32 w-full" />;
    return failure ? (
      <Callout tone="danger" title={failure.message}>
        {failure.hint}
      </Callout>
    ) : null;
  }
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-fg-muted">Should be found</legend>
      <div className="flex max-h-64 flex-col overflow-y-auto rounded-lg border">
        {[...chosen, ...others].map((memory) => (
          <Checkbox
            key={memory.memoryRef}
            className="border-b px-3 py-1.5 last:border-0 hover:bg-hover"
            checked={names.has(memory.memoryRef)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...chosen, memory]
                  : chosen.filter(({ memoryRef }) => memoryRef !== memory.memoryRef),
              )
            }
            label={
              memory.content === null ? (
                <span className="text-warn-fg">gone</span>
              ) : (
                <VisibleText
                  text={memory.content}
                  inline
                  limit={SHOWN_CHARS}
                  className="!whitespace-normal"
                />
              )
            }
            hint={`${memory.category}:${memory.number}`}
          />
        ))}
        {chosen.length + others.length === 0 ? (
          <p className="px-3 py-2 text-sm text-fg-muted">
            Nothing was found. Try words that the memory has, and see that the id is right.
          </p>
        ) : null}
      </div>
    </fieldset>
  );
}
