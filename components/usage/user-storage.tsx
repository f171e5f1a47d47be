"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { HardDrive } from "lucide-react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { QueryState } from "@/components/query/query-state";
import { Bytes } from "@/components/ui/bytes";
import { Card, CardHeader } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Pager } from "@/components/ui/pager";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StackedBar } from "@/components/ui/stacked-bar";
import { formatBytes, formatCount } from "@/lib/format";
import type { StorageSort, UserStorage } from "@/lib/redis/usage/schema";
import { userStorageQuery } from "./queries";
import { storageAddress } from "./storage-address";
import { StorageTable } from "./storage-table";

const CLASSES = ["sessions", "memories", "rate-limits", "disputed"] as const;

export type UserStorageViewProps = { userRef: string; page: number; sort: StorageSort };

/** Every key of one person. */
export function UserStorageView({ userRef, page, sort }: UserStorageViewProps) {
  const query = useQuery({
    ...userStorageQuery(userRef, page, sort),
    placeholderData: keepPreviousData,
  });
  return (
    <Card className="overflow-clip">
      <QueryState
        query={query}
        skeleton={<SkeletonRows rows={10} columns={6} label="Loading the keys" />}
        empty={{ when: ({ total }) => total === 0, show: <NoKeys /> }}
        errorTitle="The keys could not be read"
      >
        {(storage) => <Keys userRef={userRef} sort={sort} storage={storage} />}
      </QueryState>
    </Card>
  );
}

type KeysProps = { userRef: string; sort: StorageSort; storage: UserStorage };

function Keys({ userRef, sort, storage }: KeysProps) {
  const { page, pages, keys, total, complete, sizeBytes, classes } = storage;
  const from = keys.length === 0 ? 0 : (page - 1) * 100 + 1;
  return (
    <>
      <CardHeader
        icon={<HardDrive aria-hidden />}
        title={
          <span>
            <Count value={total} atLeast={!complete} /> {total === 1 ? "key" : "keys"},{" "}
            <Bytes value={sizeBytes} approx />
          </span>
        }
        description={
          !complete
            ? "the first 5,000 are measured"
            : storage.masked
              ? "names are replaced and sizes rounded up"
              : "sizes are sampled; press one to count it exactly"
        }
        actions={storage.masked ? <MaskedMark /> : null}
      />
      <div className="border-b px-4 py-3">
        <StackedBar
          label="Bytes by class"
          parts={CLASSES.filter((name) => classes[name].keys > 0).map((name) => ({
            label: DATA_CLASSES[name].word,
            value: classes[name].sizeBytes,
            color: DATA_CLASSES[name].color,
            valueText: `${formatCount(classes[name].keys)} · ≈ ${formatBytes(classes[name].sizeBytes)}`,
          }))}
        />
      </div>
      <StorageTable userRef={userRef} sort={sort} keys={keys} masked={storage.masked === true} />
      {pages > 1 ? (
        <Pager
          prevHref={page > 1 ? storageAddress(userRef, page - 1, sort) : null}
          nextHref={page < pages ? storageAddress(userRef, page + 1, sort) : null}
          label={`${formatCount(from)}–${formatCount(from + keys.length - 1)} of ${complete ? "" : "at least "}${formatCount(total)}`}
        />
      ) : null}
    </>
  );
}

function NoKeys() {
  return (
    <EmptyState
      icon={<HardDrive />}
      title="No key of this person"
      body="Sessions, request counters and memories appear here as soon as the assistant writes them."
    />
  );
}
