import { ChevronRight, ChevronsUp } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { formatCount, formatDateTime } from "@/lib/format";
import type { AuditPage } from "@/lib/redis/audit/schema";
import { type AuditParams, auditAddress } from "./list-address";

/** Where this page lies in the log, and the ways to the newest and to older entries. */
export function AuditPager({ page, params }: { page: AuditPage; params: AuditParams }) {
  const { rows, nextBefore, searchedTo } = page;
  if (nextBefore === null && params.before === null && rows.length === 0) return null;
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-xs text-fg-muted"
    >
      <span>
        {first && last ? `Entries ${formatCount(first.seq)} to ${formatCount(last.seq)}, newest first` : null}
        {searchedTo ? (
          <span role="status" className="block">
            Searched back to entry {formatCount(searchedTo.seq)} ({formatDateTime(searchedTo.timeMs)}).
          </span>
        ) : null}
      </span>
      <span className="flex gap-1.5">
        {params.before === null ? null : (
          <ButtonLink size="sm" icon={<ChevronsUp />} href={auditAddress({ ...params, before: null })}>
            Newest
          </ButtonLink>
        )}
        {nextBefore === null ? null : (
          <ButtonLink
            size="sm"
            icon={<ChevronRight />}
            variant={searchedTo && rows.length === 0 ? "primary" : "secondary"}
            href={auditAddress({ ...params, before: nextBefore })}
          >
            {searchedTo ? "Search on" : "Older"}
          </ButtonLink>
        )}
      </span>
    </nav>
  );
}
