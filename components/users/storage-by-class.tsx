"use client";

import { useQuery } from "@tanstack/react-query";
import { HardDrive } from "lucide-react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { QueryState } from "@/components/query/query-state";
import { Bytes } from "@/components/ui/bytes";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { StackedBar } from "@/components/ui/stacked-bar";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import type { UserHead } from "@/lib/redis/users/schema";
import { userHeadQuery } from "./queries";

const CLASSES = ["sessions", "memories", "rate-limits", "disputed"] as const;

/** What a person's data takes, by class. The header's query: it costs nothing more. */
export function StorageByClass({ userRef }: { userRef: string }) {
  const query = useQuery(userHeadQuery(userRef));
  return (
    <Card>
      <CardHeader
        icon={<HardDrive aria-hidden />}
        title="Storage"
        actions={
          <TextLink href={`/users/${userRef}/storage`} className="text-xs">
            Every key
          </TextLink>
        }
      />
      <QueryState query={query} skeleton={<ByClassSkeleton />} errorTitle="The storage could not be read">
        {(head) => <ByClass head={head} />}
      </QueryState>
    </Card>
  );
}

function ByClass({ head }: { head: UserHead }) {
  return (
    <div className="flex flex-col gap-3 p-4">
      <StackedBar
        label="Bytes by class"
        labels={false}
        parts={CLASSES.map((name) => ({
          label: DATA_CLASSES[name].word,
          value: head.classes[name].sizeBytes,
          color: DATA_CLASSES[name].color,
        }))}
      />
      <ul className="flex flex-col gap-1.5 text-sm">
        {CLASSES.map((name) => (
          <ClassRow key={name} name={name} {...head.classes[name]} />
        ))}
      </ul>
    </div>
  );
}

type ClassRowProps = { name: (typeof CLASSES)[number]; keys: number; sizeBytes: number };

function ClassRow({ name, keys, sizeBytes }: ClassRowProps) {
  const { word, icon: Icon, textColor } = DATA_CLASSES[name];
  if (name === "disputed" && keys === 0) return null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_5.5rem] items-center gap-3">
      <span className="flex items-center gap-2">
        <Icon aria-hidden className="size-4" style={{ color: textColor }} />
        {word}
      </span>
      <span className="text-fg-muted">
        {formatCount(keys)} {keys === 1 ? "key" : "keys"}
      </span>
      <span className="text-right">
        <Bytes value={sizeBytes} approx={sizeBytes > 0} />
      </span>
    </li>
  );
}

function ByClassSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="h-2 w-full" />
      {CLASSES.slice(0, 3).map((name) => (
        <Skeleton key={name} className="h-5 w-full" />
      ))}
    </div>
  );
}
