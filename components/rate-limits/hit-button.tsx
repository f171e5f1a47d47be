"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast-store";
import { hitInWords } from "./limit-words";
import { useHitRateLimit } from "./mutations";

/** Counts one request as the assistant would, for whoever wants to see a limit at work. */
export function HitButton({ userRef }: { userRef: string }) {
  const hit = useHitRateLimit(userRef);
  // That one is under way is drawn a moment later: a second click may come before.
  const isCounting = useRef(false);
  const failure = hit.error ? describeError(hit.error) : null;

  function count() {
    if (isCounting.current) return;
    isCounting.current = true;
    hit.mutate(undefined, {
      onSuccess: (result) => (result.allowed ? toast : toast.warning)(hitInWords(result)),
      onSettled: () => {
        isCounting.current = false;
      },
    });
  }

  return (
    <span className="flex min-w-0 flex-wrap items-center justify-end gap-2">
      {failure ? (
        <span role="alert" className="min-w-0 text-xs text-danger-fg">
          {failure.message} {failure.hint}
        </span>
      ) : null}
      <Button size="sm" icon={<Plus />} pending={hit.isPending} onClick={count}>
        Count one request
      </Button>
    </span>
  );
}
