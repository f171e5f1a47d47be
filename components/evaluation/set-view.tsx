"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { QueryState } from "@/components/query/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { SetDetail } from "@/lib/redis/evaluation/types";
import { SetSkeleton } from "./evaluation-skeleton";
import { setQuery } from "./queries";
import { QuestionsCard } from "./questions-card";
import { ResultCard } from "./result-card";
import { RunCard } from "./run-card";
import { SetHeader } from "./set-header";

const CompareCard = dynamic(() => import("./compare-card").then((module) => module.CompareCard), {
  loading: () => <Skeleton className="h-24 w-full rounded-lg" />,
});
const HistoryCard = dynamic(() => import("./history-card").then((module) => module.HistoryCard), {
  loading: () => <Skeleton className="h-72 w-full rounded-lg" />,
});

export type SetViewProps = { set: string; page: number; asking: string | null; canEdit: boolean };

/** One set: run it, what the last run came to, over time, question by question, and the questions. */
export function SetView({ set, page, asking, canEdit }: SetViewProps) {
  const query = useQuery(setQuery(set, page));
  return (
    <QueryState query={query} skeleton={<SetSkeleton />} errorTitle="This set could not be read">
      {(detail) => <Found detail={detail} asking={asking} canEdit={canEdit} />}
    </QueryState>
  );
}

function Found({ detail, asking, canEdit }: { detail: SetDetail; asking: string | null; canEdit: boolean }) {
  const [last] = detail.runs;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SetHeader detail={detail} canEdit={canEdit} />
      <RunCard detail={detail} canEdit={canEdit} />
      {last ? <ResultCard run={last} /> : null}
      {detail.runs.length > 1 ? <HistoryCard runs={detail.runs} /> : null}
      {last ? <CompareCard key={last.id} set={detail.id} runs={detail.runs} /> : null}
      <QuestionsCard detail={detail} asking={asking} canEdit={canEdit} />
    </div>
  );
}
