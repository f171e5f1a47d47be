import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { env } from "@/lib/env";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <Shell demo={env().CONSOLE_DEMO}>{children}</Shell>;
}
