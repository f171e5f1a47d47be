"use client";

import { useMutation } from "@tanstack/react-query";
import { describeError } from "@/components/query/console-error";
import { Bytes } from "@/components/ui/bytes";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast-store";
import { formatBytes } from "@/lib/format";
import type { StorageKey } from "@/lib/redis/usage/schema";
import { readExactSize } from "./queries";

export type ExactSizeButtonProps = {
  userRef: string;
  storageKey: StorageKey;
  /** No exact size is told. */
  masked: boolean;
};

/** The approximate size of a key, and its exact one once somebody asks. */
export function ExactSizeButton({ userRef, storageKey, masked }: ExactSizeButtonProps) {
  const { ref, label, sizeBytes } = storageKey;
  const exact = useMutation({
    // The estimate it belongs to is kept with it: when that moves, the exact size is of the past.
    mutationFn: async () => ({ ...(await readExactSize(userRef, ref)), of: sizeBytes }),
    onError: (error) => {
      const { message, hint } = describeError(error);
      toast.error(message, { description: hint });
    },
  });
  if (sizeBytes === null) return <span className="text-fg-subtle">—</span>;
  if (masked) return <Bytes value={sizeBytes} approx />;
  if (exact.data && exact.data.of === sizeBytes) {
    return (
      <span className="font-medium">
        <Bytes value={exact.data.sizeBytes} /> <span className="text-xs font-normal text-ok-fg">exact</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      onClick={() => exact.mutate()}
      disabled={exact.isPending}
      aria-label={`About ${formatBytes(sizeBytes)}. Count ${label.slice(0, 120)} exactly`}
      className="-mx-1.5 inline-flex items-center gap-1.5 rounded-sm px-1.5 underline decoration-line-strong decoration-dotted underline-offset-4 hover:bg-hover hover:decoration-fg"
    >
      {exact.isPending ? <Spinner /> : null}
      <Bytes value={sizeBytes} approx />
    </button>
  );
}
