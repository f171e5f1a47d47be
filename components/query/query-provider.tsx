"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ConsoleError } from "./console-error";

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server has just rendered is not fetched again at once; what changes is told; see live-topics.ts.
        staleTime: 1000,
        gcTime: 5 * 60_000,
        // A tab that is seen again reads its live queries anyway; see live-watch.ts.
        refetchOnWindowFocus: (query) => query.meta?.live === undefined,
        // The console may run on this very machine: the browser's idea of "offline" says nothing about it.
        networkMode: "always",
        // An answer from the server stays the same answer. Only a lost one is worth a second try.
        retry: (failures, error) =>
          failures < 1 && error instanceof ConsoleError && error.code === "console_unreachable",
        retryDelay: 300,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
