"use client";

import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import { formatBytes, formatCount } from "@/lib/format";
import type { RepairResult, WindowState } from "@/lib/redis/rate-limits/schema";
import { isBelowZero, timeLeft } from "./limit-words";
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
        It holds <Held window={window} />, and HINCRBY answers with an error. After a reset the next request
        begins with 1.
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
      <Callout
        tone="warn"
        title={isBelowZero(window) ? "This number is below −2⁵³" : "This number is past 2⁵³"}
        action={reset}
      >
        {isBelowZero(window)
          ? "No request counts down: something else wrote it, and nobody is refused until it ends or is reset."
          : "No assistant has answered so many requests: something else wrote it."}{" "}
        Programs that read numbers as JavaScript or JSON do see another one than Redis counts. A reset is its
        repair.
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
  const belowZero = isBelowZero(window);
  return (
    <RepairCallout
      title={isStuck ? "This counter has lost its life" : `It lives longer than one ${window.name}`}
      label={`Give it one ${window.name}`}
      mayRepair={mayRepair}
      repair={repair}
      onRepair={() => repair.mutate(window.name, { onSuccess: (result) => announce(result, window) })}
    >
      {isStuck ? <HowStuck belowZero={belowZero} /> : HOW_LONG}{" "}
      {belowZero ? "It stands below zero: somebody counted down, or wrote the number. " : ""}
      The repair lets it end one {window.name} from now; the count stays until then.{" "}
      {window.blocked ? "A reset would let them in at once." : null}
      {belowZero ? "After a reset the next request begins with 1." : null}
    </RepairCallout>
  );
}

/** Of a number that no counting makes nobody can say that counting made it. */
function HowStuck({ belowZero }: { belowZero: boolean }) {
  return (
    <>
      <Mono>HPTTL</Mono> answers -1:{" "}
      {belowZero
        ? "the field has no end."
        : "an HINCRBY came after the field had expired and made it anew, without an end."}
    </>
  );
}

/** In quotation marks, so that spaces at its ends are seen. */
function Held({ window: { valueText, valueBytes } }: { window: WindowState }) {
  if (valueBytes === 0) return "an empty text";
  if (!valueText)
    return `a text${valueBytes === null ? "" : ` of ${formatBytes(valueBytes)}`}, too long to show`;
  return (
    <>
      &ldquo;
      <VisibleText inline text={valueText} className="font-mono text-xs whitespace-pre-wrap text-fg" />
      &rdquo;
    </>
  );
}

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
