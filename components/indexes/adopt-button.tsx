"use client";

import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { useAdoptIndex } from "./mutations";

/** Puts an index in force at once; it can be taken back the same way. null goes back to MEMORY_INDEX. */
export function AdoptButton({ name, label }: { name: string | null; label: string }) {
  const adopt = useAdoptIndex();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" pending={adopt.isPending} onClick={() => adopt.mutate(name)}>
        {label}
      </Button>
      {adopt.isError ? (
        <span role="alert" className="text-xs text-danger-fg">
          {describeError(adopt.error).message}
        </span>
      ) : null}
    </div>
  );
}
