"use client";

import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { RepairResult, WindowState } from "@/lib/redis/rate-limits/schema";
import { timeLeft } from "./limit-words";
import { useRepairStuckCounter } from "./mutations";
import { RepairCallout } from "./repair-callout";

export type WindowTroubleProps = {
  userRef: string;
  window: WindowState;
  /** The longest life it can have begun with, where the page saw that to be too short; see seen-counts.ts. */
  begunWithMs: number | null;
  mayRepair: boolean;
  onReset: () => void;
};

/** What is wrong with a counter, how it came to that, and its one repair. Nothing for a healthy one. */
export function WindowTrouble(props: WindowTroubleProps) {
  const { window, begunWithMs, mayRepair, onReset } = props;
  const { state, name } = window;
  const reset = mayRepair ? (
    <Button size="sm" icon={<RotateCcw />} onClick={onReset}>
      Reset it
    </Button>
  ) : null;
  if (state === "stuck" || state === "wrong-life") return <WrongEnd {...props} />;
  if (state === "not-a-number") {
    return (
      <Callout tone="warn" title="This counter holds no whole number" action={reset}>
        It holds{" "}
        {window.valueText ? (
          <VisibleText inline text={window.valueText} className="font-mono text-xs text-fg" />
        ) : (
          "nothing, or a text too long to show"
        )}
        , and HINCRBY answers with an error. After a reset the next request begins with 1.
      </Callout>
    );
  }
  if (state === "negative") {
    return (
      <Callout tone="warn" title="This counter stands below zero" action={reset}>
        Somebody counted down, or wrote the number: no request does that. Until it ends, more requests are let
        in than the limit. After a reset the next request begins with 1.
      </Callout>
    );
  }
  if (state === "too-large") {
    return (
      <Callout tone="warn" title="This number is past 2⁵³" action={reset}>
        No assistant has answered so many requests: something else wrote it. Programs that read numbers as
        JavaScript or JSON do see another one than Redis counts. A reset is its repair.
      </Callout>
    );
  }
  if (begunWithMs !== null) {
    return (
      <Callout tone="warn" title={`It began with less than one ${name}`}>
        This page saw it begin, with at most {timeLeft(begunWithMs)} to live: the limit of one {name} is held
        for that long only, and then counts from 0. {ONE_CALL}
      </Callout>
    );
  }
  if (state === "short-life") {
    return (
      <Callout tone="warn" title={`It ends together with the ${window.endsWith} counter`}>
        To the millisecond, so both were most likely written by one <Mono>HSETEX … FIELDS 2</Mono>, which gave
        the {name} a {window.endsWith}&rsquo;s life: it counts from 0 again too early. Redis keeps how long a
        field has left and not how long it had, so this cannot be known for certain. It ends by itself, and
        nobody is refused for longer; {ONE_CALL.charAt(0).toLowerCase() + ONE_CALL.slice(1)}
      </Callout>
    );
  }
  return null;
}

const ONE_CALL = "The program that writes it needs one call for each window.";

/** No end, or one too far away: the same repair gives it one window from now. */
function WrongEnd({ userRef, window, mayRepair }: WindowTroubleProps) {
  const repair = useRepairStuckCounter(userRef);
  const isStuck = window.state === "stuck";
  return (
    <RepairCallout
      title={isStuck ? "This counter has lost its life" : `It lives longer than one ${window.name}`}
      label={`Give it one ${window.name}`}
      mayRepair={mayRepair}
      repair={repair}
      onRepair={() => repair.mutate(window.name, { onSuccess: (result) => announce(result, window) })}
    >
      {isStuck ? HOW_STUCK : HOW_LONG} The repair lets it end one {window.name} from now; the count stays
      until then. A reset would let them in at once.
    </RepairCallout>
  );
}

const HOW_STUCK: ReactNode = (
  <>
    <Mono>HPTTL</Mono> answers -1: an HINCRBY came after the field had expired and made it anew, without an
    end.
  </>
);
const HOW_LONG: ReactNode = (
  <>
    The field was written with another window&rsquo;s life, as one <Mono>HSETEX</Mono> over several fields
    does.
  </>
);

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
