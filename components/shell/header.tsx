"use client";

import { Menu, Search } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Breadcrumb } from "./crumbs";
import { LiveDot } from "./live-dot";
import { openPanel } from "./shell-store";
import { ThemeToggle } from "./theme-toggle";

const PALETTE_KEYS = { apple: "⌘K", others: "Ctrl K" };

/** `operator` is the menu of whoever is signed in; it belongs to the account's room. */
export function Header({ operator }: { operator: ReactNode }) {
  // Which keyboard it is, only the browser knows; nothing about it changes later.
  const paletteKeys = useSyncExternalStore(
    () => () => {},
    () => (/Mac|iP(hone|ad)/.test(navigator.platform) ? PALETTE_KEYS.apple : PALETTE_KEYS.others),
    () => PALETTE_KEYS.others,
  );
  return (
    <header className="flex h-header items-center gap-1 border-b bg-canvas px-3 md:px-6">
      <IconButton label="Pages of the console" className="md:hidden" onClick={() => openPanel("rail")}>
        <Menu />
      </IconButton>
      <Breadcrumb />
      <LiveDot />
      <button
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => openPanel("palette")}
        className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md border-line-strong px-2 text-xs text-fg-muted transition-colors duration-100 hover:bg-hover hover:text-fg md:border md:bg-surface"
      >
        <Search aria-hidden className="size-4 md:size-3.5" />
        <span className="max-md:sr-only">Find or go to</span>
        <span aria-hidden className="flex gap-0.5 max-md:hidden">
          <Kbd>{paletteKeys}</Kbd>
        </span>
      </button>
      <ThemeToggle />
      {operator}
    </header>
  );
}
