"use client";

import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { Checkbox } from "@/components/ui/input";
import { otherScriptWords, textTroubles } from "@/lib/embeddings/odd-texts";
import { formatCount } from "@/lib/format";
import type { EmbeddingTerms } from "@/lib/redis/memories/types";

export type EmbeddingNoteProps = {
  /** undefined until they are known. */
  terms: EmbeddingTerms | undefined;
  /** Will this save embed the text? */
  embeds: boolean;
  /** Is there an embedding that belongs to the old text? */
  hasOld: boolean;
  /** As it will be saved. */
  text: string;
  withoutEmbedding: boolean;
  onWithoutEmbedding: (chosen: boolean) => void;
};

/** Says before the save what becomes of the vector; where it cannot become a good one, asks. */
export function EmbeddingNote(props: EmbeddingNoteProps) {
  const { terms, embeds, hasOld, text, withoutEmbedding, onWithoutEmbedding } = props;
  if (!embeds) {
    return (
      <p className="text-xs text-fg-muted">
        The text stays as it is,{" "}
        {hasOld ? "so its embedding stays too." : "and it stays without an embedding."}
      </p>
    );
  }
  if (!terms) return <p className="text-xs text-fg-muted">Looking up the embedding model…</p>;
  const { model, dimensions, maxChars, index } = terms;
  const troubles = textTroubles(text, terms.provider);
  if (terms.fits) {
    return (
      <p className="text-xs text-fg-muted">
        Will be embedded {hasOld ? "again " : ""}with <Mono>{model}</Mono>, {formatCount(dimensions)} numbers.
        {troubles.includes("cut")
          ? ` The model reads the first ${formatCount(maxChars)} of ${formatCount(text.length)} characters.`
          : ""}
        {index.dimensions === null ? " There is no index in use to take it." : ""}
        {troubles.includes("other-script") ? (
          <span className="text-warn-fg"> {otherScriptWords(model)}</span>
        ) : null}
      </p>
    );
  }
  return (
    <Callout tone="warn" title={`The index ${index.name} wants vectors of another length`}>
      <p>
        <Mono>{model}</Mono> gives {formatCount(dimensions)} numbers, the index wants{" "}
        {formatCount(index.dimensions ?? 0)}. Saved with such a vector, Redis would leave the whole memory out
        of the index.
      </p>
      <WithoutEmbedding hasOld={hasOld} value={withoutEmbedding} onChange={onWithoutEmbedding} />
    </Callout>
  );
}

export type WithoutEmbeddingProps = { hasOld: boolean; value: boolean; onChange: (chosen: boolean) => void };

/** The way out where no vector can be made. */
export function WithoutEmbedding({ hasOld, value, onChange }: WithoutEmbeddingProps) {
  return (
    <Checkbox
      className="mt-2 text-fg"
      label="Save without an embedding"
      hint={
        hasOld
          ? "The old one is taken away: it belongs to the old text. The memory is then found by words only."
          : "The memory is then found by words only."
      }
      checked={value}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
