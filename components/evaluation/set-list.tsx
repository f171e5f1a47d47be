"use client";

import clsx from "clsx";
import { ListChecks } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { PageLink } from "@/components/ui/page-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SetHead } from "@/lib/redis/evaluation/types";
import { setAddress } from "./address";
import { NewSetButton } from "./new-set";
import { countPeople, countQuestions, figure } from "./words";

export type SetListProps = { sets: SetHead[]; chosen: string; canEdit: boolean };

export function SetList({ sets, chosen, canEdit }: SetListProps) {
  return (
    <Card className="lg:sticky lg:top-[64px]">
      <CardHeader
        icon={<ListChecks aria-hidden />}
        title="Sets"
        actions={canEdit ? <NewSetButton size="sm" /> : null}
      />
      <ul data-list className="flex max-h-[60dvh] flex-col overflow-y-auto py-1">
        {sets.map((set) => (
          <li key={set.id}>
            <PageLink
              href={setAddress(set.id)}
              data-list-item
              aria-current={set.id === chosen ? "page" : undefined}
              className={clsx(
                "flex flex-col gap-0.5 border-l-2 px-4 py-2 hover:bg-hover",
                set.id === chosen ? "border-accent bg-accent-bg" : "border-transparent",
              )}
            >
              <span className="text-sm font-medium break-words">{set.name}</span>
              <span className="text-xs text-fg-muted">
                {countQuestions(set.questions)} · {countPeople(set.people)}
              </span>
              <span className="text-xs text-fg-muted">
                {set.lastRun ? (
                  <>
                    {set.lastRun.best.name} {figure(set.lastRun.best.recallAt5)} ·{" "}
                    <TimeAgo ms={set.lastRun.atMs} />
                  </>
                ) : (
                  "never run"
                )}
              </span>
            </PageLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
