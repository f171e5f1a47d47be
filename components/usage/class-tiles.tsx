import { DATA_CLASSES } from "@/components/data-class/data-class";
import { Bytes } from "@/components/ui/bytes";
import { Count } from "@/components/ui/count";
import { StatTile } from "@/components/ui/stat-tile";
import { formatPercent } from "@/lib/format";
import type { Usage } from "@/lib/redis/usage/schema";
import { SURVEY_CLASSES } from "./words";

/** One tile per class of data, the index among them. */
export function ClassTiles({ usage, partial }: { usage: Usage; partial: boolean }) {
  const indexBytes = usage.indexes?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) ?? null;
  const all = usage.total.sizeBytes + (indexBytes ?? 0);
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      {SURVEY_CLASSES.slice(0, 3).map((name) => (
        <ClassTile key={name} name={name} {...usage.classes[name]} all={all} partial={partial} />
      ))}
      <IndexTile indexes={usage.indexes} sizeBytes={indexBytes} all={all} />
      {SURVEY_CLASSES.slice(3).map((name) => (
        <ClassTile key={name} name={name} {...usage.classes[name]} all={all} partial={partial} />
      ))}
    </div>
  );
}

type ClassTileProps = {
  name: (typeof SURVEY_CLASSES)[number];
  keys: number;
  sizeBytes: number;
  all: number;
  partial: boolean;
};

function ClassTile({ name, keys, sizeBytes, all, partial }: ClassTileProps) {
  const { word, icon: Icon, textColor } = DATA_CLASSES[name];
  return (
    <StatTile
      label={word}
      icon={<Icon aria-hidden style={{ color: textColor }} />}
      value={<Bytes value={sizeBytes} approx={sizeBytes > 0} />}
    >
      <span className="text-xs text-fg-muted">
        <Count value={keys} atLeast={partial} /> {keys === 1 ? "key" : "keys"} · {share(sizeBytes, all)}
      </span>
    </StatTile>
  );
}

type IndexTileProps = { indexes: Usage["indexes"]; sizeBytes: number | null; all: number };

function IndexTile({ indexes, sizeBytes, all }: IndexTileProps) {
  const { word, icon: Icon, textColor } = DATA_CLASSES.index;
  return (
    <StatTile
      label={word}
      href="/indexes"
      icon={<Icon aria-hidden style={{ color: textColor }} />}
      value={sizeBytes === null ? "—" : <Bytes value={sizeBytes} />}
    >
      <span className="text-xs text-fg-muted">
        {sizeBytes === null
          ? "no Query Engine answers here"
          : `${indexes?.length ?? 0} ${indexes?.length === 1 ? "index" : "indexes"} · ${share(sizeBytes, all)}`}
      </span>
    </StatTile>
  );
}

function share(part: number, all: number): string {
  return formatPercent(all > 0 ? part / all : 0);
}
