"use client";

import { Wrench } from "lucide-react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { RepairResult, WindowState } from "@/lib/redis/rate-limits/schema";
import { timeLeft } from "./limit-words";
import { useRepairStuckCounter } from "./mutations";

export type WindowTroubleProps = { userRef: string; window: WindowState; mayRepair: boolean };

/** What is wrong with a counter, how it came to that, and its one repair. Nothing for a healthy one. */
export function WindowTrouble({ userRef, window, mayRepair }: WindowTroubleProps) {
  if (window.state === "stuck") return <Stuck userRef={userRef} window={window} mayRepair={mayRepair} />;
  if (window.state === "wrong-life") {
    return (
      <Callout tone="warn" title={`It lives longer than one ${window.name}`}>
        The field was written with another window&rsquo;s life, as one HSETEX over several fields does. Reset
        it: the next request begins a right one.
      </Callout>
    );
  }
  if (window.state === "not-a-number") {
    return (
      <Callout tone="warn" title="This counter holds no whole number">
        It holds{" "}
        {window.valueText ? (
          <VisibleText inline text={window.valueText} className="font-mono text-xs text-fg" />
        ) : (
          "nothing, or a text too long to show"
        )}
        . Reset it: the next request begins with 1.
      </Callout>
    );
  }
  return null;
}

function Stuck({ userRef, window, mayRepair }: WindowTroubleProps) {
  const repair = useRepairStuckCounter(userRef);
  const failure = repair.error ? describeError(repair.error) : null;
  return (
    <Callout
      tone="warn"
      title="This counter has lost its life"
      action={
        mayRepair ? (
          <Button
            size="sm"
            variant="primary"
            icon={<Wrench />}
            pending={repair.isPending}
            onClick={() => repair.mutate(window.name, { onSuccess: (result) => announce(result, window) })}
          >
            Give it one {window.name}
          </Button>
        ) : null
      }
    >
      <p>
        <Mono>HPTTL</Mono> answers -1: an HINCRBY came after the field had expired and made it anew, without
        an end. The repair lets it end one {window.name} from now; the count stays until then. A reset would
        let them in at once.
      </p>
      {failure ? (
        <p role="alert" className="mt-1 font-medium text-danger-fg">
          {failure.message} {failure.hint}
        </p>
      ) : null}
    </Callout>
  );
}

function announce(result: RepairResult, window: WindowState) {
  if (result.outcome === "repaired") {
    toast.success(`Repaired: the ${window.name} counter ends in ${timeLeft(result.resetInMs ?? 0)}`, {
      description:
        result.count === null ? undefined : `It stands at ${formatCount(result.count)} until then.`,
    });
  } else if (result.outcome === "healthy") {
    toast(`Nothing to repair: the ${window.name} counter has a life again`);
  } else {
    toast(`Nothing to repair: the ${window.name} counter is gone`);
  }
}
