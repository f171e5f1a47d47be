"use client";

import { Gauge } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { useNow } from "@/components/ui/clock";
import { CodeBlock, Mono } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { ChangesCard } from "./changes-card";
import { HitButton } from "./hit-button";
import { KeyCard } from "./key-card";
import { KeyTrouble } from "./key-trouble";
import { beginCommands } from "./limit-commands";
import { countedDown, VERDICT_WORDS, windowsAt } from "./limit-words";
import { LimitsSkeleton } from "./limits-skeleton";
import { OtherFields } from "./other-fields";
import type { LimitRights } from "./rights";
import { SeenChart } from "./seen-chart";
import { livesAtBeginning } from "./seen-counts";
import { useRateLimits } from "./use-rate-limits";
import { useSeenCounts } from "./use-seen-counts";
import { WindowCard } from "./window-card";

export type LimitsViewProps = { userRef: string; rights: LimitRights };

/** All about one person's limits, read again when they change and when one of them ends. */
export function LimitsView({ userRef, rights }: LimitsViewProps) {
  const query = useRateLimits(userRef);
  return (
    <div className="flex flex-col gap-4">
      <QueryState query={query} skeleton={<LimitsSkeleton />} errorTitle="The limits could not be read">
        {(limits) => <Limits limits={limits} userRef={userRef} rights={rights} />}
      </QueryState>
    </div>
  );
}

function Limits({ limits, userRef, rights }: LimitsViewProps & { limits: RateLimits }) {
  const redisNowMs = useNow(countedDown(limits)) + limits.clockOffsetMs;
  const windows = windowsAt(limits, redisNowMs);
  const seen = useSeenCounts(userRef, limits);
  const begunWith = livesAtBeginning(seen, limits, redisNowMs);
  const wrongType = limits.state === "wrong-type";
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-sm text-fg-muted">
          A window begins with its first request, ends its whole length later, and then counts from 0.
        </p>
        {rights.edit && !wrongType ? <HitButton userRef={userRef} /> : null}
      </div>
      {limits.limitsKnown ? null : (
        <Callout tone="warn" title="The console&rsquo;s own state does not answer">
          Limits that somebody set are not known now: what follows is judged by the built-in ones.
        </Callout>
      )}
      <KeyTrouble userRef={userRef} limits={limits} mayRepair={rights.repair} />
      {wrongType ? <WrongType limits={limits} /> : null}
      {limits.state === "none" ? <NoCounters limits={limits} /> : null}
      {wrongType ? null : (
        <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {windows.map((window, at) => (
            <WindowCard
              key={window.name}
              userRef={userRef}
              window={window}
              begunWithMs={begunWith[at] ?? null}
              redisNowMs={redisNowMs}
              rights={rights}
              masked={limits.masked ?? false}
            />
          ))}
        </div>
      )}
      {/* Told when it changes, not every second. */}
      <p role="status" className="sr-only">
        {wrongType
          ? ""
          : windows.map((window) => `${window.name}: ${VERDICT_WORDS[window.state]}`).join(", ")}
      </p>
      <OtherFields limits={limits} />
      <SeenChart limits={limits} seen={seen} />
      <ChangesCard changes={limits.changes} title="Limits set for this person" />
      <KeyCard limits={limits} />
    </div>
  );
}

function NoCounters({ limits }: { limits: RateLimits }) {
  return (
    <Card>
      <EmptyState
        icon={<Gauge aria-hidden />}
        title="No counters"
        body={
          <>
            No request of this person was counted in the last day: a counter disappears when its window ends.
            The assistant fills this with the first request, for example so:
          </>
        }
        action={<CodeBlock text={beginCommands(limits)} className="max-w-full text-left" />}
      />
    </Card>
  );
}

function WrongType({ limits }: { limits: RateLimits }) {
  return (
    <Callout tone="warn" title={`This key holds a ${limits.type}, no hash of counters`}>
      Counting on <Mono>{limits.key}</Mono> fails with WRONGTYPE, so this person&rsquo;s requests are either
      all refused or not limited at all, as the assistant takes the error. Find out which program writes the
      key, then remove it; the next request begins a right one.
    </Callout>
  );
}
