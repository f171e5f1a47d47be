"use client";

import { Braces, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import { readableJson } from "@/lib/readable-json";
import type { FunctionCall } from "@/lib/redis/sessions/schema";
import type { WindowItem } from "./conversation-window";

/** Characters of the arguments at first. */
const ARGUMENTS_CHARACTERS = 2_000;

export type FunctionCallsProps = {
  item: WindowItem;
  calls: readonly FunctionCall[];
  /** Marked; what is called with them is unfolded. */
  words: string;
  onBytes: (item: WindowItem) => void;
};

/** What the message asks a program to do: the function's name, and folded what it is called with. */
export function FunctionCalls({ item, calls, words, onBytes }: FunctionCallsProps) {
  return (
    <ul aria-label="Function calls" className="mt-1.5 flex flex-col gap-1 first:mt-0">
      {calls.map((call, at) => {
        // Fixed for a message: its bytes do not change.
        const key = `${at} ${call.name}`;
        const text = item.masked ? call.arguments : readableJson(call.arguments);
        const wanted = words.toLowerCase();
        const found = words === "" ? -1 : text.toLowerCase().indexOf(wanted);
        // Also what stands there with other spaces between.
        const unfold = words !== "" && (found >= 0 || call.arguments.toLowerCase().includes(wanted));
        // What was found must be seen: then the arguments are not cut before it.
        const limit = found + words.length > ARGUMENTS_CHARACTERS ? text.length : ARGUMENTS_CHARACTERS;
        return (
          <li key={key} className="rounded-md border bg-sunken text-xs">
            <details open={unfold} className="group/call">
              <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1.5 px-2 py-1">
                <ChevronRight aria-hidden className="size-3.5 shrink-0 group-open/call:rotate-90" />
                <Braces aria-hidden className="size-3.5 shrink-0 text-fg-subtle" />
                <span className="sr-only">Calls </span>
                <VisibleText inline text={call.name} highlight={words} className="font-mono font-medium" />
              </summary>
              <div className="border-t px-2 py-1.5 font-mono">
                {call.arguments === "" ? (
                  <span className="font-sans text-fg-muted italic">without arguments</span>
                ) : item.masked ? (
                  <span className="text-fg-muted select-none">{text}</span>
                ) : (
                  <VisibleText key={limit} text={text} limit={limit} highlight={words} />
                )}
                {call.cut ? <p className="mt-1 font-sans text-fg-muted">The arguments go on.</p> : null}
              </div>
            </details>
          </li>
        );
      })}
      {item.moreCalls ? (
        <li className="flex flex-wrap items-center gap-2 text-xs text-fg-muted">
          <span>
            and {formatCount(item.moreCalls)} more {item.moreCalls === 1 ? "call" : "calls"}
          </span>
          {item.masked || item.cut ? null : (
            <Button size="sm" onClick={() => onBytes(item)}>
              Read the whole message
            </Button>
          )}
        </li>
      ) : null}
    </ul>
  );
}
