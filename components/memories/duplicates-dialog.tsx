"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyCheck } from "lucide-react";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import { SAME_FROM } from "@/lib/redis/memories/rules";
import type { Duplicates } from "@/lib/redis/memories/types";
import { DuplicateGroup } from "./duplicate-group";
import { duplicatesQuery } from "./queries";

const THRESHOLDS = [
  ["1", "the same text alone"],
  ["0.99", "hardly another word: .99"],
  ["0.97", "very near: .97"],
  [String(SAME_FROM), "near: .95"],
  ["0.9", "related: .90"],
] as const;

/** Memories that say the same, group by group, each to be merged after a look. */
export function DuplicatesDialog({ userRef, onClose }: { userRef: string; onClose: () => void }) {
  const [threshold, setThreshold] = useState<string>(String(SAME_FROM));
  const query = useQuery(duplicatesQuery(userRef, threshold));
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="lg"
      title="Memories that say the same"
      description="By equal text, and by embeddings of one model that lie near to each other. Nothing is merged before you say so."
    >
      <div className="flex flex-col gap-4">
        <Field label="How near (cosine of the embeddings)" hint={untoldWords(query.data?.vectorsUntold ?? 0)}>
          <Select
            value={threshold}
            onChange={(event) => setThreshold(event.target.value)}
            className="sm:!w-64"
          >
            {THRESHOLDS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <QueryState
          query={query}
          skeleton={<GroupsSkeleton />}
          errorTitle="They could not be compared"
          empty={{
            when: ({ groups }) => groups.length === 0,
            show: (
              <EmptyState
                icon={<CopyCheck />}
                title="No two memories say the same"
                body="With a lower cosine, memories that are only related are shown too."
              />
            ),
          }}
        >
          {(found) => <Groups userRef={userRef} found={found} />}
        </QueryState>
      </div>
    </Dialog>
  );
}

/** Also where no group was found: these were not looked at as the others were. */
function untoldWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return `${formatCount(count)} ${count === 1 ? "text is" : "texts are"} in a script that the bundled model cannot tell apart: compared by text alone.`;
}

function Groups({ userRef, found }: { userRef: string; found: Duplicates }) {
  const { groups, groupCount, surplus, vectorsCompared, vectorsLeftOut } = found;
  return (
    <div className="flex flex-col gap-4">
      <p aria-live="polite" className="flex flex-wrap items-center gap-2 text-xs text-fg-muted">
        <span>
          {formatCount(groupCount)} {groupCount === 1 ? "group" : "groups"}: merged, {formatCount(surplus)}{" "}
          {surplus === 1 ? "memory" : "memories"} would go
          {groupCount > groups.length ? `. The largest ${formatCount(groups.length)} are shown` : ""}.{" "}
          {vectorsLeftOut > 0
            ? `All texts were compared, and the embeddings of the ${formatCount(vectorsCompared)} most important; ${formatCount(vectorsLeftOut)} embeddings were not.`
            : ""}
        </span>
        {found.masked ? (
          <MaskedMark tip="Reveal the person to merge: what is hidden cannot be compared" />
        ) : null}
      </p>
      {groups.map((group) => (
        <DuplicateGroup
          // Another version of any of them is another group to look at.
          key={group.memories.map(({ ref, version }) => `${ref}${version}`).join()}
          userRef={userRef}
          group={group}
        />
      ))}
    </div>
  );
}

function GroupsSkeleton() {
  return (
    <div role="status" aria-label="Comparing the memories" className="flex flex-col gap-4">
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-36 w-full" />
    </div>
  );
}
