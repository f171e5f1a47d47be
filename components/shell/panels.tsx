"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { type ShellPanel, usePanel } from "./shell-store";

// Nobody needs their code before the first opening.
const CommandPalette = dynamic(() => import("./command-palette").then((file) => file.CommandPalette), {
  ssr: false,
});
const ShortcutsSheet = dynamic(() => import("./shortcuts-sheet").then((file) => file.ShortcutsSheet), {
  ssr: false,
});
const RailSheet = dynamic(() => import("./rail-sheet").then((file) => file.RailSheet), { ssr: false });

/** Once opened, a panel stays mounted, so that it can close in its own way and give the focus back. */
export function Panels() {
  const panel = usePanel();
  const [seen, setSeen] = useState<ReadonlySet<ShellPanel>>(new Set());
  useEffect(() => {
    if (panel) setSeen((before) => (before.has(panel) ? before : new Set(before).add(panel)));
  }, [panel]);
  return (
    <>
      {seen.has("palette") ? <CommandPalette open={panel === "palette"} /> : null}
      {seen.has("shortcuts") ? <ShortcutsSheet open={panel === "shortcuts"} /> : null}
      {seen.has("rail") ? <RailSheet open={panel === "rail"} /> : null}
    </>
  );
}
