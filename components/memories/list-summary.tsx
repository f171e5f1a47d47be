import { Button } from "@/components/ui/button";
import { MaskedMark } from "@/components/ui/masked-mark";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import { MAX_LISTED } from "@/lib/redis/memories/rules";
import type { MemoryList } from "@/lib/redis/memories/types";

export type ListSummaryProps = {
  list: MemoryList;
  /** A page further down that could not be read. */
  failed: { refetch: () => unknown } | undefined;
};

/** How many there are, and what is not among them. */
export function ListSummary({ list, failed }: ListSummaryProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p aria-live="polite" className="text-xs text-fg-muted">
        {summary(list)}
        {list.disputed > 0 ? (
          <>
            {`. ${formatCount(list.disputed)} more ${list.disputed === 1 ? "key is" : "keys are"} not listed: the owner or the type is in doubt, see `}
            <TextLink href="storage">Storage</TextLink>
          </>
        ) : null}
      </p>
      {list.masked ? (
        <MaskedMark tip="Texts and names are hidden, sizes are rounded up; the rest is as it is" />
      ) : null}
      {failed ? (
        <span role="status" className="flex items-center gap-2 text-xs text-warn-fg">
          A part of the list could not be read.
          <Button size="sm" onClick={() => void failed.refetch()}>
            Try again
          </Button>
        </span>
      ) : null}
    </div>
  );
}

function summary({ matching, total, complete, unsearched }: MemoryList): string {
  const all = `${complete ? "" : "at least "}${formatCount(total)} ${total === 1 ? "memory" : "memories"}`;
  const shown = matching === total ? all : `${formatCount(matching)} of ${all}`;
  const cap = complete
    ? ""
    : `. Only the first ${formatCount(MAX_LISTED)} are read, filtered and sorted here`;
  const skipped =
    unsearched > 0 ? `. ${formatCount(unsearched)} with more than 64 kB of text were not searched` : "";
  return `${shown}${cap}${skipped}`;
}
