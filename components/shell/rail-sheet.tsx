"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { Sheet } from "@/components/ui/sheet";
import { Rail } from "./rail";
import { openPanel } from "./shell-store";

export function RailSheet({ open }: { open: boolean }) {
  const pathname = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes because the path is another
  useEffect(() => openPanel(null), [pathname]);

  return (
    <Sheet
      open={open}
      onOpenChange={(next) => openPanel(next ? "rail" : null)}
      title="Pages of the console"
      side="left"
      bare
    >
      <Rail />
    </Sheet>
  );
}
