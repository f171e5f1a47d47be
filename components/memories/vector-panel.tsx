import { Callout } from "@/components/ui/callout";
import { CodeBlock, Mono } from "@/components/ui/code";
import { MaskedMark } from "@/components/ui/masked-mark";
import { otherScriptWords } from "@/lib/embeddings/odd-texts";
import { formatBytes, formatCount, formatDistance } from "@/lib/format";
import type { VectorStats } from "@/lib/redis/memories/types";
import { Facts } from "./facts";
import { VectorChart } from "./vector-chart";

/** The embedding as numbers about it. */
export function VectorPanel({ vector, masked }: { vector: VectorStats | null; masked?: boolean }) {
  if (!vector) {
    return <p className="text-sm text-fg-muted">It has no embedding: search by meaning cannot find it.</p>;
  }
  const { norm, min, max } = vector;
  return (
    <div className="flex flex-col gap-3">
      {vector.problem ? <Callout tone="warn">{vector.problem}</Callout> : null}
      {vector.untold ? (
        <Callout tone="warn">{otherScriptWords(vector.model ?? "The bundled model")}</Callout>
      ) : null}
      <Facts
        facts={[
          ["Numbers", vector.dimensions === null ? "unclear" : `${formatCount(vector.dimensions)} × FLOAT32`],
          ["Bytes", formatBytes(vector.bytes, { exact: true })],
          ["Model", vector.model === null ? "not said" : <Mono key="model">{vector.model}</Mono>],
          ["Byte order", vector.byteOrder],
          ["Norm", norm === null ? "—" : formatSmall(norm)],
          ...(masked ? [] : [rangeOf(min, max)]),
          ...(vector.notFinite > 0
            ? [["Not finite", formatCount(vector.notFinite)] as [string, string]]
            : []),
        ]}
      />
      {masked ? (
        <MaskedMark tip="A vector's numbers tell what its text is about" className="self-start" />
      ) : null}
      {vector.values.length > 0 ? (
        <>
          <VectorChart values={vector.values} />
          {vector.swapped ? (
            <p className="text-xs text-fg-muted">
              Read in the other byte order: <Mono>{vector.swapped.map(formatSmall).join(", ")}, …</Mono>
            </p>
          ) : null}
          <Numbers vector={vector} />
        </>
      ) : null}
    </div>
  );
}

const FIRST = 16;

function Numbers({ vector: { values, dimensions } }: { vector: VectorStats }) {
  const words = values.map(String);
  const first = values.slice(0, FIRST).map((part) => (typeof part === "number" ? formatSmall(part) : part));
  if (words.length <= FIRST) return <CodeBlock text={words.join(", ")} label="The numbers" />;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer rounded-sm font-mono text-fg-muted">
        {first.join(", ")}, … all {formatCount(dimensions ?? words.length)}
      </summary>
      <div className="mt-2 max-h-60 overflow-y-auto">
        <CodeBlock text={words.join(", ")} label="The numbers" />
      </div>
    </details>
  );
}

function rangeOf(min: number | null, max: number | null): [string, string] {
  const known = min !== null && max !== null;
  return ["Least to greatest", known ? `${formatSmall(min)} to ${formatSmall(max)}` : "—"];
}

/** Three digits, and what would round to nothing in powers of ten. */
function formatSmall(value: number): string {
  return value !== 0 && (Math.abs(value) < 0.001 || Math.abs(value) >= 1e6)
    ? value.toExponential(2)
    : formatDistance(value);
}
