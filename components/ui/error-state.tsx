"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

export type ErrorStateProps = {
  title?: ReactNode;
  message: ReactNode;
  hint?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  action?: ReactNode;
};

/** What happened, and what to do about it. */
export function ErrorState(props: ErrorStateProps) {
  const { title = "This could not be read", message, hint, onRetry, retrying, action } = props;
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <div className="mb-2 flex size-10 items-center justify-center rounded-lg border border-danger-line bg-danger-bg text-danger-fg">
        <CircleAlert aria-hidden className="size-5" />
      </div>
      <p className="text-base font-medium">{title}</p>
      <p className="max-w-md text-sm text-balance text-fg-muted">{message}</p>
      {hint ? <p className="max-w-md text-sm text-balance text-fg-muted">{hint}</p> : null}
      {onRetry || action ? (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {onRetry ? (
            <Button icon={<RotateCw />} onClick={onRetry} pending={retrying}>
              Try again
            </Button>
          ) : null}
          {action}
        </div>
      ) : null}
    </div>
  );
}
