import { formatCount } from "@/lib/format";

/** A text of which only the shape is known: dots to look at, a count of words to listen to. */
export function MaskedText({ text, className }: { text: string; className?: string }) {
  const words = text.split(/\s+/).filter(Boolean).length;
  return (
    <span className={className}>
      <span className="sr-only">
        Masked: {formatCount(words)} {words === 1 ? "word" : "words"}
      </span>
      <span aria-hidden className="tracking-tight text-fg-muted wrap-anywhere select-none">
        {text}
      </span>
    </span>
  );
}
