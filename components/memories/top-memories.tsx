"use client";

import { useQuery } from "@tanstack/react-query";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { PageLink } from "@/components/ui/page-link";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { MemoryList, MemorySummary } from "@/lib/redis/memories/types";
import { CategoryChip } from "./category-chip";
import { addressOf } from "./filters";
import { isHiddenName } from "./hidden-name";
import { Importance } from "./importance";
import { BUILDING_MS, topMemoriesQuery, whileBuilding } from "./queries";

const { icon: Icon } = DATA_CLASSES.memories;

/** For a person's overview: the six most important memories, and how many there are of each category. */
export function TopMemories({ userRef }: { userRef: string }) {
  const often = useUntoldInterval(BUILDING_MS);
  const query = useQuery({
    ...topMemoriesQuery(userRef),
    refetchInterval: ({ state }) => whileBuilding(often, state.data),
  });
  const base = `/users/${userRef}/memories`;
  const list = query.data;
  return (
    <Card>
      <CardHeader
        title="Memories"
        icon={<Icon aria-hidden />}
        description={list ? `${list.complete ? "" : "at least "}${formatCount(list.total)}` : undefined}
        actions={
          <>
            {list?.masked ? <MaskedMark /> : null}
            <TextLink href={base} className="text-xs">
              All memories
            </TextLink>
          </>
        }
      />
      <QueryState
        query={query}
        skeleton={<SkeletonRows rows={6} columns={2} label="Loading memories" />}
        errorTitle="The memories could not be read"
        empty={{
          when: ({ total }) => total === 0,
          show: (
            <EmptyState
              icon={<Icon aria-hidden />}
              title="Nothing is remembered yet"
              body="The assistant writes a memory when it learns a fact worth keeping."
            />
          ),
        }}
      >
        {(data) => (
          <>
            <ul>
              {data.items.map((memory) => (
                <Row key={memory.ref} memory={memory} base={base} />
              ))}
            </ul>
            <Foot list={data} base={base} />
          </>
        )}
      </QueryState>
    </Card>
  );
}

function Row({ memory, base }: { memory: MemorySummary; base: string }) {
  return (
    <li className="relative flex items-center gap-3 border-b px-4 py-2 text-sm last:border-b-0 hover:bg-hover">
      <PageLink
        href={addressOf(base, {}, memory.ref)}
        className="line-clamp-2 min-w-0 flex-1 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        {memory.content === "" ? (
          <span className="text-fg-subtle italic">no text</span>
        ) : memory.masked ? (
          <MaskedText text={memory.content.slice(0, 200)} />
        ) : (
          <VisibleText text={memory.content} inline limit={200} className="!whitespace-normal" />
        )}
      </PageLink>
      <span className="shrink-0 max-sm:hidden">
        <CategoryChip category={memory.category} className="!max-w-28" />
      </span>
      <span className="shrink-0">
        <Importance importance={memory.importance} />
      </span>
    </li>
  );
}

const FOOT_CATEGORIES = 5;

function Foot({ list, base }: { list: MemoryList; base: string }) {
  const more = list.categories.length - FOOT_CATEGORIES;
  return (
    <CardFooter>
      {list.categories.slice(0, FOOT_CATEGORIES).map(({ category, count }) =>
        isHiddenName(list, category) ? (
          <span key={category}>
            {category} {formatCount(count)}
          </span>
        ) : (
          <PageLink
            key={category}
            href={addressOf(base, { category })}
            className="inline-flex items-center gap-1 rounded-sm hover:text-fg hover:underline"
          >
            <VisibleText text={category} inline limit={40} />
            {formatCount(count)}
          </PageLink>
        ),
      )}
      {more > 0 ? <span>and {formatCount(more)} more categories</span> : null}
      {list.notIndexed > 0 ? (
        <PageLink
          href={addressOf(base, { notIndexed: "1" })}
          className="ml-auto rounded-sm text-warn-fg hover:underline"
        >
          {list.vectorsUnread > 0 ? "at least " : null}
          {formatCount(list.notIndexed)} not indexed by meaning
        </PageLink>
      ) : null}
    </CardFooter>
  );
}
