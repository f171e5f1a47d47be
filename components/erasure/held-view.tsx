"use client";

import { Eraser, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { totalOf } from "@/lib/redis/erasure/counts";
import type { ClassCounts, ErasurePreview, ErasureRun } from "@/lib/redis/erasure/schema";
import { DisputedCard } from "./disputed-card";
import { type Confirmed, EraseDialog } from "./erase-dialog";
import { CheckedAt, HoldingsCard } from "./holdings-card";
import { useStartErasure } from "./mutations";
import { planOf, writtenSince } from "./plan";
import { StaysCard } from "./stays-card";
import { goalText, keysText } from "./words";

type Props = {
  userRef: string;
  preview: ErasurePreview;
  run: ErasureRun | null;
  onCheck: () => void;
  checking: boolean;
};

/** What is held, what is in doubt, who stays, and the one button. */
export function HeldView({ userRef, preview, run, onCheck, checking }: Props) {
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const start = useStartErasure(userRef);
  // A key that is gone since it was ticked is not ticked any more.
  const ticked = new Set(preview.disputed.items.map(({ keyRef }) => keyRef).filter((ref) => ticks.has(ref)));
  const plan = planOf(preview, ticked.size);

  function tick(keyRef: string, on: boolean) {
    const next = new Set(ticked);
    if (on) next.add(keyRef);
    else next.delete(keyRef);
    setTicks(next);
  }

  async function erase(confirmed: Confirmed) {
    await start.mutateAsync({ ...confirmed, includeRefs: [...ticked] });
    setTicks(new Set());
  }

  return (
    <div className="flex flex-col gap-4">
      {writtenSince(preview, run) ? (
        <Callout tone="warn" title={`${keysText(preview.keys)} written since the erasure ended`}>
          Something still writes for this person. Stop the assistant that does, then erase again.
        </Callout>
      ) : null}
      {preview.holdings.length > 0 ? (
        <HoldingsCard preview={preview} onCheck={onCheck} checking={checking} />
      ) : (
        <Nothing preview={preview} onCheck={onCheck} checking={checking} />
      )}
      {preview.disputed.total > 0 ? (
        <DisputedCard disputed={preview.disputed} ticked={ticked} onTick={tick} />
      ) : null}
      {preview.twins.total > 0 ? <StaysCard twins={preview.twins} /> : null}
      {totalOf(plan) > 0 || preview.disputed.total > 0 ? (
        <EraseCard plan={plan} preview={preview} onErase={() => setAsking(true)} />
      ) : null}
      <EraseDialog
        open={asking}
        onClose={() => setAsking(false)}
        preview={preview}
        plan={plan}
        onErase={erase}
      />
    </div>
  );
}

type EraseCardProps = { plan: ClassCounts; preview: ErasurePreview; onErase: () => void };

function EraseCard({ plan, preview, onErase }: EraseCardProps) {
  const nothing = totalOf(plan) === 0;
  return (
    <Card
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3"
      aria-labelledby="erase"
    >
      <div className="min-w-0 flex-1 basis-72">
        <h2 id="erase" className="text-base font-semibold">
          Delete all user data
        </h2>
        <p className="text-sm text-fg-muted">
          {preview.masked
            ? "Your screen is masked, and whom you erase you must see. Show ids again in your account, or reveal this person."
            : nothing
              ? "Nothing here is certain to be this person's. Tick the keys in doubt that shall go."
              : "You will be asked to type the id. Then every key is checked once more at the moment it goes, and the keyspace is walked until two walks find nothing."}
        </p>
      </div>
      <Button
        variant="danger"
        icon={<Eraser />}
        disabled={nothing || preview.masked}
        onClick={onErase}
        className="max-sm:h-auto max-sm:min-h-8 max-sm:w-full max-sm:whitespace-normal"
      >
        Erase {preview.complete ? "" : "at least "}
        {goalText(plan)} of this user
      </Button>
    </Card>
  );
}

function Nothing({ preview, onCheck, checking }: Omit<Props, "userRef" | "run">) {
  const inDoubt = preview.disputed.total > 0;
  return (
    <Card>
      <EmptyState
        icon={<ShieldCheck />}
        title={inDoubt ? "Nothing here is certain to be this person's" : "Redis holds nothing of this person"}
        body={
          <>
            <CheckedAt preview={preview} />.{" "}
            {inDoubt
              ? "What is in doubt is listed below."
              : "Sessions, limits and memories appear here as soon as an assistant writes them."}
          </>
        }
        action={
          <Button onClick={onCheck} pending={checking}>
            Check again
          </Button>
        }
      />
    </Card>
  );
}
