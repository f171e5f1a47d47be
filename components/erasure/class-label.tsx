import { SlidersHorizontal } from "lucide-react";
import { ClassChip } from "@/components/data-class/data-class";
import { Badge } from "@/components/ui/badge";
import type { ErasureClass } from "@/lib/redis/erasure/schema";

/** The console's own state is no class of the assistant's data: it looks like none of them. */
export function ClassLabel({ class: name }: { class: ErasureClass }) {
  if (name === "console") return <Badge icon={<SlidersHorizontal aria-hidden />}>Console settings</Badge>;
  return <ClassChip class={name} />;
}
