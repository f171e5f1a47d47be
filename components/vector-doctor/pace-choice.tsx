import { Checkbox } from "@/components/ui/input";
import type { PaceName } from "@/lib/redis/vector-doctor/faults";

export type PaceChoiceProps = { value: PaceName; onChange: (pace: PaceName) => void };

/** Gentle unless somebody says that nobody waits for this store. */
export function PaceChoice({ value, onChange }: PaceChoiceProps) {
  return (
    <Checkbox
      checked={value === "brisk"}
      onChange={(event) => onChange(event.target.checked ? "brisk" : "gentle")}
      label="Without rests"
      hint="Several times as fast; whoever else uses this Redis waits longer."
    />
  );
}
