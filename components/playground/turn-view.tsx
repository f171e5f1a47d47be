"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useNow } from "@/components/ui/clock";
import { Countdown } from "@/components/ui/countdown";
import { Spinner } from "@/components/ui/spinner";
import { formatCount } from "@/lib/format";
import type { LimitStep } from "@/lib/redis/playground/types";
import { Bubble } from "./bubble";
import { StepList } from "./step-list";
import type { Turn } from "./use-turns";
import { refusingWindow } from "./words";

export type TurnViewProps = { turn: Turn; isLast: boolean; masked: boolean; onAnswer: () => void };

/** One message: what was said, every step of it, and what came back. */
export function TurnView({ turn, isLast, masked, onAnswer }: TurnViewProps) {
  const { message, steps, reply, status, error } = turn;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Bubble kind="human" text={message} />
      {steps.length > 0 ? <StepList steps={steps} /> : null}
      {status === "sending" || status === "answering" ? (
        <p role="status" className="flex items-center gap-2 text-sm text-fg-muted">
          <Spinner /> {status === "sending" ? "Counting, appending, recalling…" : "Waiting for the reply…"}
        </p>
      ) : null}
      {status === "denied" ? <Denied turn={turn} /> : null}
      {error ? (
        <Callout tone="danger" title={error.message}>
          {error.hint}
        </Callout>
      ) : null}
      {status === "unanswered" && isLast ? (
        <div className="flex flex-wrap items-center gap-2 text-sm text-fg-muted">
          <span>The message stands in the history without an answer.</span>
          <Button size="sm" icon={<RotateCcw />} onClick={onAnswer}>
            Ask again
          </Button>
        </div>
      ) : null}
      {reply === null ? null : <Bubble kind="ai" text={reply} masked={masked} />}
    </div>
  );
}

function Denied({ turn }: { turn: Turn }) {
  const limit = turn.steps.find((step): step is LimitStep => step.kind === "limit");
  const window = limit ? refusingWindow(limit.hit) : null;
  const untilMs = window ? turn.countedAtMs + window.resetInMs : null;
  const nowMs = useNow([untilMs]);
  if (!window || untilMs === null) return null;
  return (
    <Callout
      tone="warn"
      title={`Denied: ${formatCount(window.count)} of ${formatCount(window.limit)} requests in the ${window.name}'s window`}
    >
      {untilMs > nowMs ? (
        <>
          Nothing was appended. Allowed again in <Countdown untilMs={untilMs} className="font-medium" />
        </>
      ) : (
        "Its window has ended: the next message is allowed."
      )}
    </Callout>
  );
}
