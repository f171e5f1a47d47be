"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import { type ReactNode, useState } from "react";

/**
 * The choice of theme as `data-theme` on the document, set before the first paint by a script with the
 * request's nonce. The browser's own widgets follow through `color-scheme` in globals.css.
 */
export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // Every navigation has a nonce of its own, but the page was loaded under the first: only that one counts.
  const [first] = useState(nonce);
  if (typeof window !== "undefined" && first) {
    // Scroll locking of dialogs writes a style element and looks for the nonce here.
    (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ ??= first;
  }
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      enableColorScheme={false}
      disableTransitionOnChange
      nonce={first}
    >
      {children}
    </NextThemes>
  );
}
