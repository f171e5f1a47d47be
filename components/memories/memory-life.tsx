import { Countdown } from "@/components/ui/countdown";

/** How long the key still lives. Most memories have no end. */
export function MemoryLife({ ttlMs, readAtMs }: { ttlMs: number | null; readAtMs: number }) {
  if (ttlMs === null) return <span data-tip="The key has no TTL">no end</span>;
  return (
    <span data-tip="The key's TTL: then Redis deletes it" className="text-warn-fg">
      ends in <Countdown untilMs={readAtMs + ttlMs} />
    </span>
  );
}
