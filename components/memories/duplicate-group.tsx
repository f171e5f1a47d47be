"use client";

import { Merge } from "lucide-react";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/input";
import { MaskedText } from "@/components/ui/masked-text";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDistance } from "@/lib/format";
import type { DuplicateGroup as Group } from "@/lib/redis/memories/types";
import { ActionError } from "./action-error";
import { CategoryChip } from "./category-chip";
import { Importance } from "./importance";
import { useMergeMemories, useOfferUndo } from "./mutations";
import { TextDiff } from "./text-diff";

type Member = Group["memories"][number];

/** One group side by side: which one stays, which go, and what is in them that would be lost. */
export function DuplicateGroup({ userRef, group }: { userRef: string; group: Group }) {
  const { memories, count, leastSimilarity } = group;
  const merge = useMergeMemories(userRef);
  const offerUndo = useOfferUndo(userRef);
  const [keep, setKeep] = useState(memories[0]!.ref);
  const [spared, setSpared] = useState<ReadonlySet<string>>(new Set());
  const kept = memories.find(({ ref }) => ref === keep) ?? memories[0]!;
  const going = memories.filter(({ ref }) => ref !== kept.ref && !spared.has(ref));
  const greatest = Math.max(...[kept, ...going].map(worth));
  const raised = greatest > worth(kept);
  const known = memories.every(({ version }) => version !== null);
  const name = useId();

  function spare(ref: string, goes: boolean) {
    const next = new Set(spared);
    if (goes) next.delete(ref);
    else next.add(ref);
    setSpared(next);
  }

  function run() {
    if (kept.version === null || going.length === 0) return;
    merge.mutate(
      {
        keep: { memory: kept.ref, version: kept.version },
        drop: going.map(({ ref, version }) => ({ memory: ref, version: version ?? "" })),
      },
      {
        onSuccess: ({ merged, left, undo }) =>
          offerUndo(
            `${formatCount(merged)} ${merged === 1 ? "memory is" : "memories are"} merged`,
            undo,
            left > 0 ? `${left} had been changed meanwhile and stayed.` : undefined,
          ),
      },
    );
  }

  return (
    <section className="rounded-lg border">
      <header className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <h3 className="text-sm font-medium">{formatCount(count)} memories</h3>
        <Badge>
          {leastSimilarity === null ? "same text" : `cosine from ${formatDistance(leastSimilarity)}`}
        </Badge>
        {count > memories.length ? (
          <span className="text-xs text-fg-muted">{formatCount(memories.length)} are shown</span>
        ) : null}
      </header>
      <ul className="grid grid-cols-1 gap-px bg-line sm:grid-cols-2">
        {memories.map((memory) => (
          <li key={memory.ref} className="flex flex-col gap-2 bg-raised px-3 py-2.5">
            <div className="flex flex-wrap items-center gap-2 text-xs">
              <label className="inline-flex cursor-pointer items-center gap-1.5">
                <input
                  type="radio"
                  name={name}
                  checked={memory.ref === kept.ref}
                  onChange={() => setKeep(memory.ref)}
                  className="accent-(--accent)"
                />
                <span className={memory.ref === kept.ref ? "font-medium" : "text-fg-muted"}>
                  {memory.ref === kept.ref ? "stays" : "let this stay"}
                </span>
              </label>
              <CategoryChip category={memory.category} />
              <span className="font-mono text-fg-subtle">{memory.number}</span>
              <span className="ml-auto">
                <Importance importance={memory.importance} />
              </span>
            </div>
            <Text memory={memory} kept={kept} />
            <div className="mt-auto flex flex-wrap items-center justify-between gap-2 text-xs text-fg-muted">
              <TimeAgo ms={memory.timestampMs} none="no time" />
              {memory.ref === kept.ref ? null : (
                <Checkbox
                  label="goes"
                  className="!text-xs"
                  checked={!spared.has(memory.ref)}
                  onChange={(event) => spare(memory.ref, event.target.checked)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      <footer className="flex flex-wrap items-center gap-2 border-t px-3 py-2">
        <p className="min-w-0 flex-1 text-xs text-fg-muted">
          {going.length === 0
            ? "Nothing would go."
            : `${formatCount(going.length)} ${going.length === 1 ? "goes" : "go"}. The one that stays ${
                raised ? `becomes as important as the most important: ${greatest}` : "keeps its importance"
              }.`}
        </p>
        <Button
          size="sm"
          variant="primary"
          icon={<Merge />}
          disabled={going.length === 0 || !known}
          pending={merge.isPending}
          onClick={run}
        >
          Merge {formatCount(going.length + 1)} into 1
        </Button>
        <div className="w-full empty:hidden">
          <ActionError error={merge.error} title="They were not merged" />
        </div>
      </footer>
    </section>
  );
}

/** What the other says otherwise than the one that stays. */
function Text({ memory, kept }: { memory: Member; kept: Member }) {
  if (memory.masked) return <MaskedText text={memory.content.slice(0, 400)} />;
  if (memory.ref === kept.ref || memory.content === kept.content) {
    return <VisibleText text={memory.content} limit={400} className="text-sm" />;
  }
  return <TextDiff before={kept.content} after={memory.content} />;
}

function worth({ importance: { value, problem } }: Member): number {
  return value !== null && !problem ? value : 0;
}
