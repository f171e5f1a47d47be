"use client";

import { useClock } from "@/components/ui/clock";
import { Mono } from "@/components/ui/code";
import { toast } from "@/components/ui/toast-store";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { countedDown, timeLeft } from "./limit-words";
import { useKeepCounters } from "./mutations";
import { RepairCallout } from "./repair-callout";

export type KeyTroubleProps = { userRef: string; limits: RateLimits; mayRepair: boolean };

/** A life on the key as a whole, which no assistant gives: it takes all counters with it. */
export function KeyTrouble({ userRef, limits, mayRepair }: KeyTroubleProps) {
  const keep = useKeepCounters(userRef);
  const endMs = limits.state === "counters" ? limits.keyExpiresAtMs : null;
  const left = useClock(
    (now) => (endMs === null ? "" : timeLeft(endMs - now - limits.clockOffsetMs)),
    countedDown(limits),
  );
  if (endMs === null) return null;
  return (
    <RepairCallout
      title={`All counters go at once in ${left}`}
      label="Take that life off the key"
      mayRepair={mayRepair}
      repair={keep}
      onRepair={() =>
        keep.mutate(undefined, {
          onSuccess: ({ outcome }) =>
            outcome === "repaired"
              ? toast.success("Repaired: each counter ends by its own life")
              : toast("Nothing to repair: the key has no life of its own, or is gone"),
        })
      }
    >
      Somebody ran <Mono>EXPIRE</Mono> on the whole hash. Whatever lives the counters have, they end with it:
      whoever is blocked for longer is let in then. The repair is{" "}
      <Mono className="whitespace-nowrap">PERSIST</Mono>; the counters keep their own lives.
    </RepairCallout>
  );
}
