import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { BulkPreview } from "@/lib/redis/memories/types";
import { CategoryChip } from "./category-chip";
import { Importance } from "./importance";

/** The first few that would be another. */
export function BulkExamples({ preview }: { preview: BulkPreview }) {
  const { examples, changes } = preview;
  if (examples.length === 0) return null;
  return (
    <ul aria-label="The first of them" className="overflow-hidden rounded-lg border text-sm">
      {examples.map((memory) => (
        <li key={memory.ref} className="flex items-center gap-2 border-b px-3 py-1.5 last:border-b-0">
          <CategoryChip category={memory.category} className="!max-w-28 shrink-0" />
          <span className="min-w-0 flex-1 truncate">
            {memory.content === "" ? (
              <span className="text-fg-subtle italic">no text</span>
            ) : memory.masked ? (
              <MaskedText text={memory.content.slice(0, 120)} />
            ) : (
              <VisibleText text={memory.content} inline limit={120} />
            )}
          </span>
          <Importance importance={memory.importance} />
        </li>
      ))}
      {changes > examples.length ? (
        <li className="px-3 py-1.5 text-xs text-fg-muted">
          and {formatCount(changes - examples.length)} more
        </li>
      ) : null}
    </ul>
  );
}
