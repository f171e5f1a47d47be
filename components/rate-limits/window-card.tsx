"use client";

import { ChevronsUp, RotateCcw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Meter } from "@/components/ui/progress";
import { formatCount } from "@/lib/format";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { LimitSource } from "./limit-source";
import { countText, nextInWords, timeLeft } from "./limit-words";
import { RaiseDialog } from "./raise-dialog";
import { ResetDialog } from "./reset-dialog";
import type { LimitRights } from "./rights";
import { SetLimitDialog } from "./set-limit-dialog";
import { VERDICT_FILL, VerdictBadge } from "./verdict-badge";
import { WindowTrouble } from "./window-trouble";

export type WindowCardProps = {
  userRef: string;
  /** As it stands at `redisNowMs`. */
  window: WindowState;
  redisNowMs: number;
  begunWithMs: number | null;
  rights: LimitRights;
  /** What others wrote of this person is hidden from this operator. */
  masked: boolean;
};

/** One window: how much of the limit, until when, what happens next, and what can be done about it. */
export function WindowCard({ userRef, window, redisNowMs, begunWithMs, rights, masked }: WindowCardProps) {
  const [dialog, setDialog] = useState<"reset" | "limit" | "raise" | null>(null);
  const close = () => setDialog(null);
  const stored = window.state !== "unused";
  return (
    <Card aria-labelledby={`limit-${window.name}`} className="flex flex-col">
      <CardHeader
        id={`limit-${window.name}`}
        title={`Per ${window.name}`}
        actions={<VerdictBadge state={window.state} />}
      />
      <CardBody className="flex flex-1 flex-col gap-3">
        <Figures window={window} redisNowMs={redisNowMs} />
        <Meter
          value={Math.max(0, window.count ?? 0)}
          max={window.limit}
          tone={VERDICT_FILL[window.state]}
          label={`Requests of ${formatCount(window.limit)} in one ${window.name}`}
          className="h-2"
        />
        <p className="text-sm">{nextInWords(window, redisNowMs)}</p>
        <WindowTrouble
          userRef={userRef}
          window={window}
          begunWithMs={begunWithMs}
          mayRepair={rights.repair}
          onReset={() => setDialog("reset")}
        />
      </CardBody>
      <CardFooter>
        <LimitSource window={window} />
        <span className="-mr-1 ml-auto flex flex-wrap justify-end gap-1">
          {rights.repair && stored ? (
            <Button size="sm" variant="ghost" icon={<RotateCcw />} onClick={() => setDialog("reset")}>
              Reset
            </Button>
          ) : null}
          {rights.edit ? (
            <Button size="sm" variant="ghost" icon={<ChevronsUp />} onClick={() => setDialog("raise")}>
              Raise for an hour
            </Button>
          ) : null}
          {rights.edit ? (
            <Button size="sm" variant="ghost" icon={<SlidersHorizontal />} onClick={() => setDialog("limit")}>
              Set limit
            </Button>
          ) : null}
        </span>
      </CardFooter>
      <ResetDialog userRef={userRef} window={window} open={dialog === "reset"} onClose={close} />
      <RaiseDialog userRef={userRef} window={window} open={dialog === "raise"} onClose={close} />
      <SetLimitDialog
        userRef={userRef}
        window={window}
        masked={masked}
        open={dialog === "limit"}
        onClose={close}
      />
    </Card>
  );
}

function Figures({ window, redisNowMs }: { window: WindowState; redisNowMs: number }) {
  const { limit, resetAtMs, state } = window;
  return (
    <div className="flex min-h-10 items-end justify-between gap-3 tabular-nums">
      <p className="min-w-0">
        <span className="text-2xl font-semibold">{state === "not-a-number" ? "?" : countText(window)}</span>
        <span className="text-sm text-fg-muted"> of {formatCount(limit)} requests</span>
      </p>
      {resetAtMs === null ? null : (
        <p className="shrink-0 text-right">
          <span className="block text-2xs text-fg-muted">ends in</span>
          <span role="timer" className="block text-lg font-medium">
            {timeLeft(resetAtMs - redisNowMs)}
          </span>
        </p>
      )}
    </div>
  );
}
