import type { ReactNode } from "react";
import { Bytes } from "@/components/ui/bytes";
import { Count } from "@/components/ui/count";
import { Progress } from "@/components/ui/progress";
import { StackedBar } from "@/components/ui/stacked-bar";
import { formatBytes, formatCount, formatPercent } from "@/lib/format";
import type { IndexDto } from "@/lib/redis/indexes/types";

/** The four numbers people come for. */
export function IndexFacts({ index }: { index: IndexDto }) {
  const { documents, memories, percentIndexed, failures, sizes } = index;
  const others = memories === null ? 0 : Math.max(0, documents - memories);
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-4 border-b p-4 xl:grid-cols-4">
      <Fact
        label={memories === null ? "Documents" : "Memories"}
        hint={
          others > 0
            ? `and ${formatCount(others)} ${others === 1 ? "key" : "keys"} under the prefix without its fields`
            : "as the engine counts them"
        }
      >
        <Count value={memories ?? documents} />
      </Fact>
      <Fact label="Built" hint={percentIndexed < 1 ? undefined : "complete"}>
        {percentIndexed < 1 ? (
          <Progress value={percentIndexed} max={1} label="results are incomplete until then" tone="warn" />
        ) : (
          formatPercent(1)
        )}
      </Fact>
      <Fact label="Failures" hint={failures === 0 ? "every key fits" : "since it was made, mended keys too"}>
        <Count value={failures} />
      </Fact>
      <Fact label="Size">
        <Bytes value={sizes.totalBytes} approx />
        <StackedBar
          label="Size of the index"
          className="mt-1.5 font-normal tracking-normal"
          parts={[
            { label: "vectors", value: sizes.vectorBytes, color: "var(--class-index)" },
            { label: "words", value: sizes.invertedBytes, color: "var(--class-memories)" },
            { label: "rest", value: sizes.otherBytes, color: "var(--class-other)" },
          ].map((part) => ({ ...part, valueText: formatBytes(part.value) }))}
        />
      </Fact>
    </div>
  );
}

function Fact({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="text-xs font-medium text-fg-muted">{label}</div>
      <div className="mt-0.5 text-xl font-semibold tracking-tight">{children}</div>
      {hint ? <div className="text-xs text-fg-muted">{hint}</div> : null}
    </div>
  );
}
