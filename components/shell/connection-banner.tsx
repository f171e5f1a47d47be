"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { useEffect, useRef } from "react";
import { formatTime } from "@/lib/format";
import { CONNECTION_KEY, useConnection } from "./use-connection";

/** On every page: says within three seconds that what is shown is old, and has it read again when healed. */
export function ConnectionBanner() {
  const connection = useConnection({ poll: true });
  const client = useQueryClient();
  const wasDown = useRef(false);
  const down = connection ? !connection.up : false;

  useEffect(() => {
    document.documentElement.toggleAttribute("data-cut-off", down);
    if (wasDown.current && !down) {
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== CONNECTION_KEY[0] });
    }
    wasDown.current = down;
  }, [down, client]);

  if (!connection || connection.up) return <div role="status" />;
  const who = connection.who === "redis" ? "Redis does not answer" : "The console's server does not answer";
  return (
    <div
      role="status"
      className="flex items-start gap-2 border-b border-danger-line bg-danger-bg px-4 py-1.5 text-xs text-danger-fg md:px-6"
    >
      <Unplug aria-hidden className="mt-px size-3.5 shrink-0" />
      <p className="min-w-0">
        <span className="font-medium">
          {who}
          {connection.sinceMs ? ` since ${formatTime(connection.sinceMs, "local")}` : ""}
        </span>
        {connection.reason ? ` (${connection.reason.replace(/\.$/, "")})` : ""}. What you see is from before
        and may be old.
      </p>
    </div>
  );
}
