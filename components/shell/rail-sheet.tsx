"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Sheet } from "@/components/ui/sheet";
import { Rail } from "./rail";
import { openPanel } from "./shell-store";

export function RailSheet({ open }: { open: boolean }) {
  const pathname = usePathname();

  const openedAt = useRef(pathname);

  useEffect(() => {
    if (openedAt.current === pathname) return;
    openedAt.current = pathname;
    openPanel(null);
  }, [pathname]);

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
