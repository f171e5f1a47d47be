import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "@/components/query/query-provider";
import { ThemeProvider } from "@/components/shell/theme-provider";
import { ClockProvider } from "@/components/ui/clock";
import { TipLayer } from "@/components/ui/tip-layer";
import { Toaster } from "@/components/ui/toast";
import { fontVariables } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Memory Console", template: "%s · Memory Console" },
  description: "The window on an AI assistant's memory in Redis.",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9f9fa" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0d10" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the nonce makes every page dynamic, as it must be: a static one would have its scripts blocked.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme script sets an attribute before React looks.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>
          <QueryProvider>
            <ClockProvider renderedAtMs={Date.now()}>
              <NuqsAdapter>{children}</NuqsAdapter>
              <TipLayer />
              <Toaster />
            </ClockProvider>
          </QueryProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
