"use client";

import { Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";

export type RepairCalloutProps = {
  title: string;
  /** What the button promises. */
  label: string;
  mayRepair: boolean;
  repair: { isPending: boolean; error: Error | null };
  onRepair: () => void;
  /** How it came to that, and what the repair does. */
  children: ReactNode;
};

/** What is wrong and its one repair, for those who may. */
export function RepairCallout({ title, label, mayRepair, repair, onRepair, children }: RepairCalloutProps) {
  const failure = repair.error ? describeError(repair.error) : null;
  return (
    <Callout
      tone="warn"
      title={title}
      action={
        mayRepair ? (
          <Button size="sm" variant="primary" icon={<Wrench />} pending={repair.isPending} onClick={onRepair}>
            {label}
          </Button>
        ) : null
      }
    >
      <p>{children}</p>
      {failure ? (
        <p role="alert" className="mt-1 font-medium text-danger-fg">
          {failure.message} {failure.hint}
        </p>
      ) : null}
    </Callout>
  );
}
