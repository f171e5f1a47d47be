"use client";

import { Brain, CopyMinus, Plus, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useRef, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { BulkChange, MemoryList } from "@/lib/redis/memories/types";
import { FilterBar } from "./filter-bar";
import { activeFilters, contradictionOf } from "./filters";
import { isHiddenName } from "./hidden-name";
import { IndexNotice } from "./index-notice";
import { ListSummary } from "./list-summary";
import { MemoryCards } from "./memory-cards";
import { MemoryCardsSkeleton } from "./memory-skeletons";
import { SelectionBar } from "./selection-bar";
import { useMemoryAddress } from "./use-memory-address";
import { useMemoryPages } from "./use-memory-pages";
import { useSelection } from "./use-selection";

// What needs a click comes after it.
const CreateMemory = dynamic(() => import("./create-memory").then((file) => file.CreateMemory), {
  ssr: false,
});
const BulkDialog = dynamic(() => import("./bulk-dialog").then((file) => file.BulkDialog), { ssr: false });
const BulkProgress = dynamic(() => import("./bulk-progress").then((file) => file.BulkProgress), {
  ssr: false,
});
const DuplicatesDialog = dynamic(() => import("./duplicates-dialog").then((file) => file.DuplicatesDialog), {
  ssr: false,
});

export type MemoriesViewProps = { userRef: string; canEdit: boolean };

type Opened = { what: "create" | "duplicates" } | { what: "bulk"; change: BulkChange["what"] };

/** All memories of a person: filters, cards, and what is done with many of them. */
export function MemoriesView({ userRef, canEdit }: MemoriesViewProps) {
  const address = useMemoryAddress();
  const { filters } = address;
  const { first, itemAt, look, failed } = useMemoryPages(userRef, filters);
  const [opened, setOpened] = useState<Opened | null>(null);
  const items = useRef(itemAt);
  items.current = itemAt;
  const refAt = useCallback((index: number) => items.current(index)?.memory.ref, []);
  const selection = useSelection(JSON.stringify({ ...filters, sort: undefined }), refAt);
  const narrowed = activeFilters(filters).length > 0;
  const list = first.data;
  const nothing = list?.total === 0 && !narrowed;
  const contradiction = contradictionOf(filters);
  const close = () => setOpened(null);
  const create = () => setOpened({ what: "create" });

  return (
    <div className="flex flex-col gap-4">
      {nothing ? null : (
        <FilterBar
          filters={filters}
          list={list}
          pending={first.isPlaceholderData}
          onChange={address.setFilters}
          onClear={address.clearFilters}
          action={
            canEdit ? (
              <>
                <Button icon={<CopyMinus />} onClick={() => setOpened({ what: "duplicates" })}>
                  Duplicates
                </Button>
                <Button variant="primary" icon={<Plus />} onClick={create}>
                  New memory
                </Button>
              </>
            ) : undefined
          }
        />
      )}
      {canEdit ? <BulkProgress userRef={userRef} /> : null}
      {list ? <IndexNotice index={list.index} /> : null}
      <QueryState
        query={first}
        skeleton={<MemoryCardsSkeleton />}
        errorTitle="The memories could not be read"
        empty={{
          when: ({ matching }) => matching === 0,
          show: (
            <Card>
              {narrowed ? (
                <EmptyState
                  icon={<SearchX />}
                  title={
                    contradiction ? "No memory can pass these filters" : "No memory passes these filters"
                  }
                  body={
                    contradiction ??
                    "Every filter narrows the list. Search by meaning finds related memories without the exact word."
                  }
                  action={<Button onClick={address.clearFilters}>Clear filters</Button>}
                />
              ) : (
                <EmptyState
                  icon={<Brain />}
                  title="Nothing is remembered about this person"
                  body="The assistant writes a memory when it learns a fact worth keeping: a preference, something personal, work."
                  action={
                    canEdit ? (
                      <Button icon={<Plus />} onClick={create}>
                        Write the first
                      </Button>
                    ) : undefined
                  }
                />
              )}
            </Card>
          ),
        }}
      >
        {(data) => (
          <div className="flex flex-col gap-2">
            <ListSummary list={data} failed={failed} />
            <MemoryCards
              list={data}
              itemAt={itemAt}
              onLook={look}
              hrefOf={address.hrefOf}
              onOpen={address.openMemory}
              selection={canEdit ? selection : undefined}
              faded={first.isPlaceholderData}
            />
            <SelectionBar
              selection={selection}
              matching={data.matching}
              narrowed={narrowed}
              onBulk={(change) => setOpened({ what: "bulk", change })}
            />
          </div>
        )}
      </QueryState>
      {opened?.what === "create" ? (
        <CreateMemory
          userRef={userRef}
          open
          onOpenChange={(open) => (open ? undefined : close())}
          categories={namedCategories(list)}
          onOpenMemory={address.openMemory}
        />
      ) : opened?.what === "duplicates" ? (
        <DuplicatesDialog userRef={userRef} onClose={close} />
      ) : opened?.what === "bulk" ? (
        <BulkDialog
          userRef={userRef}
          what={opened.change}
          chosen={selection.chosen}
          filters={filters}
          categories={namedCategories(list)}
          onClose={close}
          onStarted={selection.clear}
        />
      ) : null}
    </div>
  );
}

/** Those that can be typed: a stand-in of the server's for a hidden one is no category. */
function namedCategories(list: MemoryList | undefined): string[] {
  if (!list) return [];
  return list.categories
    .map(({ category }) => category)
    .filter((name) => !name.includes("\\") && !isHiddenName(list, name));
}
