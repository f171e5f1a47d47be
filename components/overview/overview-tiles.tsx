import { Database, KeyRound, UsersRound } from "lucide-react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { Bytes } from "@/components/ui/bytes";
import { Count } from "@/components/ui/count";
import { StackedBar } from "@/components/ui/stacked-bar";
import { StatTile } from "@/components/ui/stat-tile";
import { formatBytes } from "@/lib/format";
import type { Overview } from "@/lib/redis/usage/schema";

const CLASSES = ["sessions", "memories", "rate-limits", "disputed", "other"] as const;

export function OverviewTiles({ overview }: { overview: Overview }) {
  const { users, total, classes, memory, status } = overview;
  const partial = status.completeness === "partial";
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_minmax(0,2fr)]">
      <StatTile
        label="Users"
        icon={<UsersRound aria-hidden />}
        href="/users"
        value={<Count value={users} atLeast={partial || status.usersCapped} />}
      >
        <span className="text-xs text-fg-muted">
          {users > 0 ? (
            <>
              <Bytes value={Math.round((total.sizeBytes - classes.other.sizeBytes) / users)} approx /> each on
              average
            </>
          ) : (
            "nobody yet"
          )}
        </span>
      </StatTile>
      <StatTile
        label="Keys"
        icon={<KeyRound aria-hidden />}
        value={<Count value={total.keys} atLeast={partial} />}
        className="md:max-xl:order-last md:max-xl:col-span-2"
      >
        <StackedBar
          label="Keys by class"
          parts={CLASSES.filter((name) => classes[name].keys > 0).map((name) => ({
            label: DATA_CLASSES[name].word,
            value: classes[name].keys,
            color: DATA_CLASSES[name].color,
          }))}
        />
      </StatTile>
      <StatTile
        label="Memory"
        icon={<Database aria-hidden />}
        href="/usage"
        value={<Bytes value={memory?.usedBytes ?? total.sizeBytes} approx={memory === null} />}
        hint={memory?.maxBytes ? `of ${formatBytes(memory.maxBytes)}` : undefined}
      >
        <StackedBar label="Memory" parts={memoryParts(overview)} />
      </StatTile>
    </div>
  );
}

/** Used memory divided; keys are estimated, so the rest is too, and never below nothing. */
function memoryParts({ memory, total, indexBytes }: Overview) {
  const index = indexBytes ?? 0;
  const parts = [
    {
      label: "Data",
      value: total.sizeBytes,
      valueText: `≈ ${formatBytes(total.sizeBytes)}`,
      color: "var(--accent)",
    },
    // Without an answer its size is not nothing, but unknown.
    ...(indexBytes === null
      ? []
      : [{ label: "Index", value: index, valueText: formatBytes(index), color: "var(--class-index)" }]),
  ];
  if (!memory) return parts;
  const rest = Math.max(0, memory.usedBytes - total.sizeBytes - index);
  return [
    ...parts,
    { label: "Overhead", value: rest, valueText: `≈ ${formatBytes(rest)}`, color: "var(--line-strong)" },
  ];
}
