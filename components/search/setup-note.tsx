import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatPercent } from "@/lib/format";
import type { SearchSetup } from "@/lib/redis/recall/types";

/** On what a search runs, and what is missing for it: known before anybody searches. */
export function SetupNote({ setup, everyone }: { setup: SearchSetup; everyone: boolean }) {
  const { engine, index, embedder } = setup;
  const mismatch = index?.dimensions != null && index.dimensions !== embedder.dimensions;
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
        <span className="break-words text-fg">{embedder.model}</span> {formatCount(embedder.dimensions)}{" "}
        dimensions
      </dd>
      {mismatch ? (
        <dd className="col-span-2 mt-1 text-warn-fg">
          The index wants {formatCount(index.dimensions!)} dimensions, the model gives{" "}
          {formatCount(embedder.dimensions)}: search by words, or paste a vector.
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
