"use client";

import { Ban, Gauge, type LucideIcon, TrendingUp, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { useNow } from "@/components/ui/clock";
import { MaskedMark } from "@/components/ui/masked-mark";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import { walkFailure } from "@/lib/redis/keyspace/survey-schema";
import type { EveryonesLimits } from "@/lib/redis/rate-limits/schema";
import { ChangesCard } from "./changes-card";
import { DefaultsCard } from "./defaults-card";
import { listsAt, type Troubled } from "./everyone-lists";
import { PeopleTable } from "./people-table";
import { useEveryonesLimits } from "./use-rate-limits";

export type EveryoneViewProps = { mayEdit: boolean };

/** Who is blocked or near now, whose counters are in trouble, who asks most today, and what holds for everybody. */
export function EveryoneView({ mayEdit }: EveryoneViewProps) {
  const query = useEveryonesLimits();
  return (
    <QueryState query={query} skeleton={<Loading />} errorTitle="The limits could not be read">
      {(limits) => <Everyone limits={limits} mayEdit={mayEdit} />}
    </QueryState>
  );
}

function Loading() {
  return (
    <Card>
      <SkeletonRows rows={10} columns={5} label="Loading everybody's limits" />
    </Card>
  );
}

function Everyone({ limits, mayEdit }: { limits: EveryonesLimits; mayEdit: boolean }) {
  const redisNowMs = useNow() + limits.clockOffsetMs;
  const { blocked, inTrouble, near, busiest } = listsAt(limits, redisNowMs);
  const { totals, status } = limits;
  const partial = status.completeness !== "complete";
  const failure = walkFailure(status);
  const section = { clockOffsetMs: limits.clockOffsetMs, partial, masked: limits.masked ?? false };
  return (
    <div className="flex flex-col gap-4">
      {limits.limitsKnown ? null : (
        <Callout tone="warn" title="The console&rsquo;s own state does not answer">
          Limits that somebody set are not known now: what follows is judged by the built-in ones.
        </Callout>
      )}
      {failure ? (
        <Callout tone="warn" title={failure.message}>
          Only those whose counters changed since are sure to be here. {failure.hint}
        </Callout>
      ) : null}
      {limits.complete ? null : (
        <Callout tone="warn" title="More changed at once than was looked at">
          Some people may be missing here until the next scan of the store.
        </Callout>
      )}
      {status.watched || partial ? null : (
        <Callout tone="warn" title="Redis does not tell this console of changes">
          The counts are of now; who else has become blocked since is found by the next scan of the store.
        </Callout>
      )}
      <Section
        icon={Ban}
        title="Blocked now"
        total={totals.blocked}
        listed={blocked}
        nobody="Nobody is blocked. Whoever reaches a limit appears here at once."
        {...section}
      />
      <Section
        icon={TriangleAlert}
        title="Counters in trouble"
        total={totals.inTrouble}
        listed={inTrouble}
        nobody="No counter is stuck, none holds what no counter should, and none ends with its key."
        {...section}
      />
      <Section
        icon={Gauge}
        title="Near the limit"
        total={totals.near}
        listed={near}
        nobody="Nobody has used four fifths of a limit."
        {...section}
      />
      <Section
        icon={TrendingUp}
        title="Most requests today"
        total={totals.counted}
        listed={busiest}
        nobody="No requests were counted in the last day."
        {...section}
      />
      <DefaultsCard windows={limits.windows} mayEdit={mayEdit} />
      <ChangesCard
        changes={limits.changes}
        title="Limits set for everyone"
        taken="back to the built-in limit"
      />
    </div>
  );
}

type SectionProps = {
  icon: LucideIcon;
  title: string;
  /** At the moment of reading; more than are listed where they are many. */
  total: number;
  listed: Troubled[];
  nobody: string;
  clockOffsetMs: number;
  partial: boolean;
  masked: boolean;
};

function Section(props: SectionProps) {
  const { icon: Icon, title, total, listed, nobody, clockOffsetMs, partial, masked } = props;
  const id = useId();
  // The lists live on between two looks; only where they are cut does the look know more.
  const isCut = total > listed.length && listed.length >= SHOWN;
  const count = isCut ? total : listed.length;
  return (
    <Card aria-labelledby={id} className="overflow-clip">
      <CardHeader
        id={id}
        icon={<Icon aria-hidden />}
        title={title}
        description={`${partial ? "at least " : ""}${formatCount(count)}`}
        actions={masked && listed.length > 0 ? <MaskedMark tip="Pseudonyms stand for the ids" /> : null}
      />
      {listed.length > 0 ? (
        <PeopleTable caption={title} listed={listed} clockOffsetMs={clockOffsetMs} />
      ) : (
        <p className="px-4 py-3 text-sm text-fg-muted">
          {partial ? "Nobody so far: the store is still being scanned." : nobody}
        </p>
      )}
      {isCut ? (
        <CardFooter>
          The first {formatCount(listed.length)} of {formatCount(total)}
        </CardFooter>
      ) : null}
    </Card>
  );
}

/** As many as an answer holds of each list. */
const SHOWN = 50;
