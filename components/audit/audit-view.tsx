"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { replaceAddress } from "@/components/query/use-fragment";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { AuditPage, AuditRow } from "@/lib/redis/audit/schema";
import { AuditPager } from "./audit-pager";
import { ChainCard } from "./chain-card";
import { EntriesTable } from "./entries-table";
import { EntrySheet } from "./entry-sheet";
import { FilterBar } from "./filter-bar";
import { type AuditParams, activeFilters, auditAddress, NO_FILTERS, parseAuditAddress } from "./list-address";
import { auditQuery } from "./queries";

/** Entries of a page that is read are not moved under the reader's eyes more often than this. */
const LOOK_MS = 5_000;

/** The audit log: is it whole, and what stands in it. */
export function AuditView() {
  const params = parseAuditAddress(new URLSearchParams(useSearchParams().toString()));
  const live = useUntoldInterval(LOOK_MS);
  const { can } = useOperator();
  // Older pages stand still: only the newest one can get new entries.
  const query = useQuery({ ...auditQuery(params), refetchInterval: params.before === null ? live : false });
  const [opened, setOpened] = useState<AuditRow | null>(null);
  // Of what stands in the address now: two quick changes would otherwise undo each other.
  const setParams = (change: Partial<AuditParams>) => {
    const now = parseAuditAddress(new URLSearchParams(window.location.search));
    replaceAddress(auditAddress({ ...now, ...change, before: null }));
  };
  return (
    <div className="flex flex-col gap-4">
      <ChainCard />
      {query.data?.scope === "own" ? (
        <Callout tone="info" title="You see your own entries">
          Compliance and administrators read everybody’s. What you did and what was refused to you is all
          here.
        </Callout>
      ) : null}
      <FilterBar
        params={params}
        scope={query.data?.scope ?? (can("audit.all") ? "all" : "own")}
        onChange={setParams}
      />
      <Card className="overflow-clip">
        <QueryState
          query={query}
          skeleton={<SkeletonRows rows={12} columns={6} label="Loading the audit log" />}
          errorTitle="The audit log could not be read"
        >
          {(page) => (
            <Found
              page={page}
              dimmed={query.isPlaceholderData}
              params={params}
              onClear={() => replaceAddress(auditAddress(NO_FILTERS))}
              onOpen={setOpened}
              onSubject={(subject) => setParams({ subject })}
            />
          )}
        </QueryState>
      </Card>
      <EntrySheet
        row={opened}
        onClose={() => setOpened(null)}
        onSubject={(subject) => {
          setOpened(null);
          setParams({ subject });
        }}
      />
    </div>
  );
}

type FoundProps = {
  page: AuditPage;
  params: AuditParams;
  /** The answer to what was asked before: it makes room for the next one without a jump. */
  dimmed: boolean;
  onClear: () => void;
  onOpen: (row: AuditRow) => void;
  onSubject: (subject: string) => void;
};

function Found({ page, params, dimmed, onClear, onOpen, onSubject }: FoundProps) {
  return (
    <div aria-busy={dimmed} className={dimmed ? "opacity-60 transition-opacity delay-150" : undefined}>
      {page.rows.length > 0 ? (
        <EntriesTable rows={page.rows} onOpen={onOpen} onSubject={onSubject} />
      ) : (
        <Nothing page={page} filtered={activeFilters(params) > 0} onClear={onClear} />
      )}
      <AuditPager page={page} params={params} />
    </div>
  );
}

function Nothing({ page, filtered, onClear }: { page: AuditPage; filtered: boolean; onClear: () => void }) {
  if (page.searchedTo) {
    return (
      <EmptyState
        icon={<ScrollText />}
        title="Nothing found so far"
        body="Not all entries were searched yet. Go on below with older ones."
      />
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={<ScrollText />}
        title="No entry matches"
        body="All entries that are kept were searched. Older ones may be in archives."
        action={<Button onClick={onClear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<ScrollText />}
      title={page.scope === "own" ? "You have no entries yet" : "The audit log is empty"}
      body="Every change, every refusal, every reveal and every sign-in is written down here, before and after."
    />
  );
}
