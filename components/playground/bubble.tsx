import clsx from "clsx";
import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import type { PlaygroundMessage } from "@/lib/redis/playground/types";

export type BubbleProps = Pick<PlaygroundMessage, "kind" | "text"> & { masked?: boolean };

const LOOK: Record<PlaygroundMessage["kind"], string> = {
  human: "self-end border-accent-line bg-accent-bg",
  ai: "self-start bg-surface",
  other: "self-start border-dashed border-line-strong bg-sunken font-mono text-xs",
};
const SPEAKER: Record<PlaygroundMessage["kind"], string> = {
  human: "Person",
  ai: "Assistant",
  other: "Another shape",
};

export function Bubble({ kind, text, masked }: BubbleProps) {
  return (
    <div className={clsx("max-w-[min(92%,68ch)] min-w-0 rounded-lg border px-3 py-2", LOOK[kind])}>
      <span className="sr-only">{SPEAKER[kind]}: </span>
      {masked ? <MaskedText text={text} /> : <VisibleText text={text} limit={2_000} />}
    </div>
  );
}
