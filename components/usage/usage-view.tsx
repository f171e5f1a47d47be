"use client";

import { useQuery } from "@tanstack/react-query";
import { Clock, Database, KeyRound, Shapes, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { QueryState } from "@/components/query/query-state";
import { Bars } from "@/components/ui/bars";
import { Bytes } from "@/components/ui/bytes";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/lib/format";
import { LIFE_BUCKETS, walkFailure } from "@/lib/redis/keyspace/survey-schema";
import type { Usage } from "@/lib/redis/usage/schema";
import { BiggestKeys } from "./biggest-keys";
import { BiggestUsers } from "./biggest-users";
import { ClassTiles } from "./class-tiles";
import { ImportanceCard } from "./importance-card";
import { storeUsageQuery } from "./queries";
import { ServerMemoryCard } from "./server-memory";
import { UsageSkeleton } from "./usage-skeleton";
import { LIFE_WORDS } from "./words";

export type UsageViewProps = {
  /** Shown where the store holds no key of anybody. */
  emptyStore: ReactNode;
};

/** What takes the memory: by class, by person, by key, by type and by remaining life. */
export function UsageView({ emptyStore }: UsageViewProps) {
  const query = useQuery(storeUsageQuery());
  return (
    <QueryState
      query={query}
      skeleton={<UsageSkeleton />}
      empty={{ when: isEmptyStore, show: <Card>{emptyStore}</Card> }}
      errorTitle="The memory use could not be read"
    >
      {(usage) => <Found usage={usage} />}
    </QueryState>
  );
}

function isEmptyStore({ total, classes, status }: Usage): boolean {
  return status.completeness === "complete" && total.keys === classes.other.keys;
}

function Found({ usage }: { usage: Usage }) {
  const partial = usage.status.completeness !== "complete";
  const failure = walkFailure(usage.status);
  // A walk that has only begun has nothing to say yet.
  if (partial && usage.total.keys === 0 && !usage.status.failure) return <UsageSkeleton />;
  return (
    <div className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="warn" title={failure.message}>
          These numbers are from the last walk that ended well. {failure.hint}
        </Callout>
      ) : null}
      {usage.unmeasuredKeys > 0 ? (
        <Callout tone="warn" title={`${formatCount(usage.unmeasuredKeys)} keys could not be measured`}>
          They count as 0 bytes: the Redis user of this console may not run MEMORY USAGE on them, or they
          ended during the walk.
        </Callout>
      ) : null}
      <ClassTiles usage={usage} partial={partial} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <Card>
          <CardHeader
            icon={<UsersRound aria-hidden />}
            title="Users"
            description={`the ${formatCount(usage.biggestUsers.length)} largest of ${formatCount(usage.users)}`}
          />
          <CardBody>
            <BiggestUsers users={usage.biggestUsers} />
          </CardBody>
        </Card>
        <div className="flex flex-col gap-4">
          <ServerMemoryCard usage={usage} />
          <AmountCard
            icon={<Shapes aria-hidden />}
            title="Keys by type"
            rows={usage.types.map(({ type, ...amount }) => ({ id: type, label: type, ...amount }))}
          />
          <AmountCard
            icon={<Clock aria-hidden />}
            title="Keys by remaining life"
            rows={LIFE_BUCKETS.map((bucket) => ({
              id: bucket,
              label: LIFE_WORDS[bucket],
              ...usage.lives[bucket],
            }))}
          />
          <ImportanceCard importance={usage.importance} />
        </div>
      </div>
      <Card className="overflow-clip">
        <CardHeader
          icon={<KeyRound aria-hidden />}
          title="Biggest keys"
          description={`${formatCount(usage.biggestKeys.length)} of ${formatCount(usage.total.keys)}, largest first`}
        />
        <BiggestKeys keys={usage.biggestKeys} />
      </Card>
      <p className="flex items-center gap-1.5 text-xs text-fg-muted">
        <Database aria-hidden className="size-3.5" />≈ is MEMORY USAGE with 16 samples a key: exact up to that
        many values, and off by up to half for longer, uneven ones. A user's storage tab gives any key's exact
        size.
      </p>
    </div>
  );
}

type AmountRow = { id: string; label: string; keys: number; sizeBytes: number };

function AmountCard({ icon, title, rows }: { icon: ReactNode; title: string; rows: AmountRow[] }) {
  return (
    <Card>
      <CardHeader icon={icon} title={title} />
      <CardBody className="py-2">
        <Bars
          label={title}
          items={rows.map(({ id, label, keys, sizeBytes }) => ({
            id,
            label,
            value: keys,
            valueText: (
              <>
                {formatCount(keys)} · <Bytes value={sizeBytes} approx={sizeBytes > 0} />
              </>
            ),
          }))}
        />
      </CardBody>
    </Card>
  );
}
