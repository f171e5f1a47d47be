import { DATA_CLASSES } from "@/components/data-class/data-class";
import { Badge } from "@/components/ui/badge";
import { Segments } from "@/components/ui/segments";
import { VisibleText } from "@/components/ui/visible-text";
import type { Importance as ImportanceDto } from "@/lib/redis/memories/types";

/** Ten segments for 1–10; anything else as it is stored, marked. */
export function Importance({ importance }: { importance: ImportanceDto }) {
  const { value, raw, problem } = importance;
  if (value !== null && !problem) {
    return <Segments value={value} label="Importance" color={DATA_CLASSES.memories.color} />;
  }
  return (
    <Badge tone="warn" data-tip={problem}>
      {raw === null ? (
        "no importance"
      ) : (
        <>
          importance <VisibleText text={raw} inline limit={20} />
        </>
      )}
    </Badge>
  );
}
