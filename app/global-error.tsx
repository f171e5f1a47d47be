"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { fontVariables } from "./fonts";
import "./globals.css";

/** Stands in for the root layout when that itself fails, so it can rely on nothing of it. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    try {
      const theme = localStorage.getItem("theme");
      if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    } catch {
      // Without storage the system's theme holds.
    }
  }, []);
  return (
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <body>
        <title>Something went wrong · Memory Console</title>
        <main className="mx-auto max-w-xl px-4 py-24">
          <ErrorState
            title="The console could not draw this page"
            message="Something went wrong in the console itself. Nothing in Redis was changed by it."
            hint="If it happens again, the console's log says why."
            onRetry={retry}
            action={<Button onClick={() => window.location.assign("/")}>Overview</Button>}
          />
        </main>
      </body>
    </html>
  );
}
