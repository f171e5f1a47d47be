"use client";

import { useQuery } from "@tanstack/react-query";
import { Brain, Plus, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "./filter-bar";
import { activeFilters } from "./filters";
import { isHiddenName } from "./hidden-name";
import { IndexNotice } from "./index-notice";
import { MemoryCards } from "./memory-cards";
import { MemoryCardsSkeleton } from "./memory-skeletons";
import { BUILDING_MS, memoriesQuery, whileBuilding } from "./queries";
import { useMemoryAddress } from "./use-memory-address";

// The form comes when it is first opened.
const CreateMemory = dynamic(() => import("./create-memory").then((file) => file.CreateMemory), {
  ssr: false,
});

export type MemoriesViewProps = { userRef: string; canEdit: boolean };

/** All memories of a person: filters and cards. */
export function MemoriesView({ userRef, canEdit }: MemoriesViewProps) {
  const address = useMemoryAddress();
  const { filters } = address;
  const often = useUntoldInterval(BUILDING_MS);
  const query = useQuery({
    ...memoriesQuery(userRef, filters),
    refetchInterval: ({ state }) => whileBuilding(often, state.data),
  });
  const [creating, setCreating] = useState<"never" | "open" | "closed">("never");
  const narrowed = activeFilters(filters).length > 0;
  const list = query.data;
  const nothing = list?.total === 0 && !narrowed;

  return (
    <div className="flex flex-col gap-4">
      {nothing ? null : (
        <FilterBar
          filters={filters}
          list={list}
          pending={query.isPlaceholderData}
          onChange={address.setFilters}
          onClear={address.clearFilters}
          action={
            canEdit ? (
              <Button variant="primary" icon={<Plus />} onClick={() => setCreating("open")}>
                New memory
              </Button>
            ) : undefined
          }
        />
      )}
      {list ? <IndexNotice index={list.index} /> : null}
      <QueryState
        query={query}
        skeleton={<MemoryCardsSkeleton />}
        errorTitle="The memories could not be read"
        empty={{
          when: ({ matching }) => matching === 0,
          show: (
            <Card>
              {narrowed ? (
                <EmptyState
                  icon={<SearchX />}
                  title="No memory passes these filters"
                  body="Every filter narrows the list. Search by meaning finds related memories without the exact word."
                  action={<Button onClick={address.clearFilters}>Clear filters</Button>}
                />
              ) : (
                <EmptyState
                  icon={<Brain />}
                  title="Nothing is remembered about this person"
                  body="The assistant writes a memory when it learns a fact worth keeping: a preference, something personal, work."
                  action={
                    canEdit ? (
                      <Button icon={<Plus />} onClick={() => setCreating("open")}>
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
          <MemoryCards
            list={data}
            hrefOf={address.hrefOf}
            onOpen={address.openMemory}
            faded={query.isPlaceholderData}
          />
        )}
      </QueryState>
      {creating === "never" ? null : (
        <CreateMemory
          userRef={userRef}
          open={creating === "open"}
          onOpenChange={(open) => setCreating(open ? "open" : "closed")}
          categories={(list?.categories ?? [])
            .map(({ category }) => category)
            .filter((name) => list && !name.includes("\\") && !isHiddenName(list, name))}
          onOpenMemory={address.openMemory}
        />
      )}
    </div>
  );
}
