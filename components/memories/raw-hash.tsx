import { Bytes } from "@/components/ui/bytes";
import { CodeBlock, Mono } from "@/components/ui/code";
import { Countdown } from "@/components/ui/countdown";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import { formatBytes, formatCount } from "@/lib/format";
import type { MemoryDetail, MemoryField } from "@/lib/redis/memories/types";

/** Every field as it is stored. */
export function RawHash({ memory }: { memory: MemoryDetail }) {
  const { fields, fieldCount, keyName, readAtMs, masked } = memory;
  return (
    <div className="flex flex-col gap-3">
      {masked ? (
        <MaskedMark className="self-start" />
      ) : (
        <CodeBlock text={`HGETALL ${redisCliWord(keyName)}`} label="In redis-cli" />
      )}
      <ul className="overflow-hidden rounded-lg border text-sm">
        {fields.map((field) => (
          <li key={field.name} className="border-b px-3 py-2 last:border-b-0">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs text-fg-muted">
              <Mono className="text-fg">{field.name}</Mono>
              <span>
                {field.ttlMs === null ? null : (
                  <span className="mr-3 text-warn-fg">
                    ends in <Countdown untilMs={readAtMs + field.ttlMs} />
                  </span>
                )}
                {masked && field.name !== "embedding" ? "up to " : null}
                <Bytes value={field.bytes} />
              </span>
            </div>
            <FieldValue field={field} masked={masked} />
          </li>
        ))}
      </ul>
      {fieldCount > fields.length ? (
        <p className="text-xs text-fg-muted">
          {formatCount(fields.length)} of {formatCount(fieldCount)} fields are shown.
        </p>
      ) : null}
    </div>
  );
}

function FieldValue({ field, masked }: { field: MemoryField; masked?: boolean }) {
  if (field.kind === "unread") {
    return <p className="text-xs text-fg-muted">{formatBytes(field.bytes)}: too long to be shown here.</p>;
  }
  if (masked) {
    return <MaskedText text={field.text ?? "•••"} className="block font-mono text-xs whitespace-pre-wrap" />;
  }
  if (field.kind === "binary") {
    return (
      <p className="font-mono text-xs break-all text-fg-muted">
        {(field.hex ?? "").replace(/(.{8})/g, "$1 ")}
        {field.cut ? "…" : ""}
      </p>
    );
  }
  return (
    <>
      <VisibleText text={field.text ?? ""} limit={1_000} className="font-mono text-xs" />
      {field.cut ? <p className="text-xs text-fg-muted">Cut at a million characters.</p> : null}
    </>
  );
}

/** A key with spaces or quotes in double quotes, in which redis-cli understands the same escapes. */
function redisCliWord(shown: string): string {
  return /^[\w:.{}@/-]+$/.test(shown) ? shown : `"${shown.replaceAll('"', '\\"')}"`;
}
