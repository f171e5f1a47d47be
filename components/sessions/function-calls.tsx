"use client";

import { Braces, ChevronRight } from "lucide-react";
import { VisibleText } from "@/components/ui/visible-text";
import type { FunctionCall } from "@/lib/redis/sessions/schema";
import type { WindowItem } from "./conversation-window";

/** What the message asks a program to do: the function's name, and folded what it is called with. */
export function FunctionCalls({ item, calls }: { item: WindowItem; calls: readonly FunctionCall[] }) {
  return (
    <ul aria-label="Function calls" className="mt-1.5 flex flex-col gap-1 first:mt-0">
      {calls.map((call, at) => {
        // Fixed for a message: its bytes do not change.
        const key = `${at} ${call.name}`;
        return (
          <li key={key} className="rounded-md border bg-sunken text-xs">
            <details className="group/call">
              <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1.5 px-2 py-1">
                <ChevronRight aria-hidden className="size-3.5 shrink-0 group-open/call:rotate-90" />
                <Braces aria-hidden className="size-3.5 shrink-0 text-fg-subtle" />
                <span className="sr-only">Calls </span>
                <VisibleText inline text={call.name} className="font-mono font-medium" />
              </summary>
              <div className="border-t px-2 py-1.5 font-mono">
                {call.arguments === "" ? (
                  <span className="font-sans text-fg-muted italic">without arguments</span>
                ) : item.masked ? (
                  <span className="text-fg-muted select-none">{call.arguments}</span>
                ) : (
                  <VisibleText text={readable(call.arguments)} limit={2_000} />
                )}
                {call.cut ? <p className="mt-1 font-sans text-fg-muted">The arguments go on.</p> : null}
              </div>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

/** JSON with line ends, where that changes nothing of it. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
