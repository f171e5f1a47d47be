"use client";

import { CircleCheck, CircleDashed, CircleHelp, CircleSlash, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { useClock } from "@/components/ui/clock";
import type { AuditRow } from "@/lib/redis/audit/schema";
import type { AuditOutcome } from "@/lib/redis/audit-chain/entry";
import { intentWords, outcomeOf } from "./words";

const ICON: Record<AuditOutcome, ReactNode> = {
  ok: <CircleCheck aria-hidden />,
  refused: <CircleSlash aria-hidden />,
  failed: <CircleX aria-hidden />,
  unknown: <CircleHelp aria-hidden />,
  intent: <CircleDashed aria-hidden />,
};

/** How it ended; of an intent also what became of it. */
export function OutcomeBadge({ row }: { row: AuditRow }) {
  const { outcome, ending } = row;
  const { tone, word, says } = outcomeOf(outcome);
  const then = useClock((now) => (outcome === "intent" ? intentWords(row, now) : ""));
  return (
    <>
      <Badge tone={tone} icon={ICON[outcome]} data-tip={says} className="relative">
        {word}
      </Badge>
      {then ? (
        <span className={`text-xs ${ending || then === "under way" ? "text-fg-muted" : "text-warn-fg"}`}>
          {then}
        </span>
      ) : null}
    </>
  );
}
