"use client";

import { Wrench } from "lucide-react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useClock } from "@/components/ui/clock";
import { Mono } from "@/components/ui/code";
import { toast } from "@/components/ui/toast-store";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { timeLeft } from "./limit-words";
import { useKeepCounters } from "./mutations";

export type KeyTroubleProps = { userRef: string; limits: RateLimits; mayRepair: boolean };

/** A life on the key as a whole, which no assistant gives: it takes all counters with it. */
export function KeyTrouble({ userRef, limits, mayRepair }: KeyTroubleProps) {
  const keep = useKeepCounters(userRef);
  const endMs = limits.state === "counters" ? limits.keyExpiresAtMs : null;
  const left = useClock((now) => (endMs === null ? "" : timeLeft(endMs - now - limits.clockOffsetMs)));
  if (endMs === null) return null;
  const failure = keep.error ? describeError(keep.error) : null;
  return (
    <Callout
      tone="warn"
      title={`All counters go at once in ${left}`}
      action={
        mayRepair ? (
          <Button
            size="sm"
            variant="primary"
            icon={<Wrench />}
            pending={keep.isPending}
            onClick={() =>
              keep.mutate(undefined, {
                onSuccess: ({ outcome }) =>
                  outcome === "repaired"
                    ? toast.success("Repaired: each counter ends by its own life")
                    : toast("Nothing to repair: the key has no life of its own, or is gone"),
              })
            }
          >
            Take that life off the key
          </Button>
        ) : null
      }
    >
      <p>
        Somebody ran <Mono>EXPIRE</Mono> on the whole hash. Whatever lives the counters have, they end with
        it: whoever is blocked for longer is let in then. The repair is{" "}
        <Mono className="whitespace-nowrap">PERSIST</Mono>; the counters keep their own lives.
      </p>
      {failure ? (
        <p role="alert" className="mt-1 font-medium text-danger-fg">
          {failure.message} {failure.hint}
        </p>
      ) : null}
    </Callout>
  );
}
