"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/clock";

const NEXT: Record<string, string> = { system: "light", light: "dark", dark: "system" };

export function ThemeToggle() {
  const { theme = "system", setTheme } = useTheme();
  // The server cannot know the choice: the first render shows the neutral sign.
  const chosen = useHydrated() ? theme : "system";
  return (
    <IconButton
      label={`Theme: ${chosen === "system" ? "as the system" : chosen}`}
      onClick={() => setTheme(NEXT[chosen] ?? "system")}
    >
      {chosen === "light" ? <Sun /> : chosen === "dark" ? <Moon /> : <Monitor />}
    </IconButton>
  );
}
