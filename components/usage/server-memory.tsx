import { Cpu } from "lucide-react";
import { Bytes } from "@/components/ui/bytes";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StackedBar } from "@/components/ui/stacked-bar";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes, formatPercent } from "@/lib/format";
import type { ServerMemory, Usage } from "@/lib/redis/usage/schema";
import { colorOf } from "./words";

/** The whole server: what people's keys, the index and Redis itself take, as far as it lets us ask. */
export function ServerMemoryCard({ usage }: { usage: Usage }) {
  const { memory, indexes, total } = usage;
  return (
    <Card>
      <CardHeader icon={<Cpu aria-hidden />} title="Server" description="INFO memory, exact" />
      {memory ? (
        <CardBody className="flex flex-col gap-4">
          <StackedBar label="Memory in use" parts={memoryParts(memory, total.sizeBytes, sumOf(indexes))} />
          <Figures memory={memory} />
          {indexes && indexes.length > 0 ? <Indexes indexes={indexes} usedBytes={memory.usedBytes} /> : null}
        </CardBody>
      ) : (
        <CardBody className="text-sm text-fg-muted">
          Redis does not tell about its memory now: it is away, or the Redis user of this console may not run
          INFO.
        </CardBody>
      )}
    </Card>
  );
}

export function sumOf(indexes: Usage["indexes"]): number {
  return indexes?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) ?? 0;
}

/** Used memory, divided. Keys are estimated, so the rest is too: it never goes below nothing. */
export function memoryParts(memory: ServerMemory, keyBytes: number, indexBytes: number) {
  const rest = Math.max(0, memory.usedBytes - keyBytes - indexBytes);
  return [
    { label: "Keys", value: keyBytes, color: "var(--accent)", valueText: `≈ ${formatBytes(keyBytes)}` },
    { label: "Index", value: indexBytes, color: colorOf("index"), valueText: formatBytes(indexBytes) },
    {
      label: "Redis itself",
      value: rest,
      color: "var(--line-strong)",
      valueText: `≈ ${formatBytes(rest)}`,
    },
  ];
}

function Figures({ memory }: { memory: ServerMemory }) {
  const rows = [
    { name: "In use", value: <Bytes value={memory.usedBytes} /> },
    { name: "Peak", value: <Bytes value={memory.peakBytes} /> },
    { name: "Resident", value: <Bytes value={memory.rssBytes} /> },
    {
      name: "Limit",
      value:
        memory.maxBytes === null ? (
          "none"
        ) : (
          <>
            <Bytes value={memory.maxBytes} /> ({formatPercent(memory.usedBytes / memory.maxBytes)} in use,{" "}
            {memory.evictionPolicy})
          </>
        ),
    },
    { name: "Fragmentation", value: `${memory.fragmentation.toFixed(2)} ×` },
    ...(memory.primaries > 1 ? [{ name: "Sum of", value: `${memory.primaries} primaries` }] : []),
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {rows.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-fg-muted">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Indexes({ indexes, usedBytes }: { indexes: NonNullable<Usage["indexes"]>; usedBytes: number }) {
  return (
    <ul className="flex flex-col gap-1 border-t pt-3 text-sm">
      {indexes.map(({ name, sizeBytes, vectorBytes }) => (
        <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <TextLink href="/indexes" className="font-mono text-[0.93em]">
            {name}
          </TextLink>
          <span className="text-fg-muted">
            <Bytes value={sizeBytes} className="text-fg" /> · {formatPercent(sizeBytes / usedBytes)} of all ·{" "}
            <Bytes value={vectorBytes} /> vectors
          </span>
        </li>
      ))}
    </ul>
  );
}
