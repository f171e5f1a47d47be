import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatPercent } from "@/lib/format";
import type { SearchSetup } from "@/lib/redis/recall/types";

export type SetupNoteProps = {
  setup: SearchSetup;
  everyone: boolean;
  /** An index by name; empty for the one in use. */
  chosen: string;
};

/** On what a search runs, and what is missing for it: known before anybody searches. */
export function SetupNote({ setup, everyone, chosen }: SetupNoteProps) {
  const { engine, embedder } = setup;
  const index = setup.indexes.find(({ name }) => name === chosen) ?? setup.index;
  const mismatch = index?.dimensions != null && !index.embeds;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-t px-4 py-3 text-xs">
      <dt className="text-fg-muted">Index</dt>
      <dd className="min-w-0">
        {index ? (
          <>
            <TextLink href="/indexes" className="font-mono break-all">
              {index.name}
            </TextLink>
            <span className="text-fg-muted">
              {" "}
              {index.dimensions === null ? "no vectors" : `${formatCount(index.dimensions)} dimensions`},{" "}
              {formatCount(index.documents)} documents
              {index.percentIndexed < 1 ? `, ${formatPercent(index.percentIndexed)} built` : ""}
            </span>
          </>
        ) : engine ? (
          <TextLink href="/indexes">none in use: create or adopt one</TextLink>
        ) : (
          <span className="text-fg-muted">none: this Redis has no Query Engine</span>
        )}
      </dd>
      <dt className="text-fg-muted">Model</dt>
      <dd className="min-w-0 text-fg-muted">
        <span className="break-words text-fg">{index?.model ?? embedder.model}</span>
        {index?.model && index.model !== embedder.model
          ? ""
          : ` ${formatCount(embedder.dimensions)} dimensions`}
      </dd>
      {mismatch ? (
        <dd className="col-span-2 mt-1 text-warn-fg">
          {index.model && index.model !== embedder.model
            ? `The index belongs to ${index.model}, which is not configured here`
            : `The index wants ${formatCount(index.dimensions!)} dimensions, the model gives ${formatCount(embedder.dimensions)}`}
          : search by words, or paste a vector.
        </dd>
      ) : null}
      {!index && everyone ? (
        <dd className="col-span-2 mt-1 text-warn-fg">
          Without an index, name one person: their memories are compared one by one.
        </dd>
      ) : null}
    </dl>
  );
}
