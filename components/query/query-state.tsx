"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { formatTime } from "@/lib/format";
import { describeError } from "./console-error";

/** The part of a react-query result that is looked at, so that infinite queries and mocks fit too. */
export type QueryLike<T> = {
  data: T | undefined;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
};

export type QueryStateProps<T> = {
  query: QueryLike<T>;
  /** The shape of what is on its way. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
  /** Shown instead of the children when there is an answer and nothing in it. */
  empty?: { when: (data: T) => boolean; show: ReactNode };
  errorTitle?: ReactNode;
};

/** Loading, failed, empty, there: and there but old, when the last look failed. */
export function QueryState<T>({ query, skeleton, children, empty, errorTitle }: QueryStateProps<T>) {
  const { data, error, isError, isFetching } = query;
  if (data === undefined) {
    if (!isError) return <>{skeleton}</>;
    const { message, hint } = describeError(error);
    return (
      <ErrorState
        title={errorTitle}
        message={message}
        hint={hint}
        onRetry={() => void query.refetch()}
        retrying={isFetching}
      />
    );
  }
  const shown = empty?.when(data) ? empty.show : children(data);
  return (
    <>
      {isError ? <AsOf query={query} /> : null}
      {/* The same element in both cases, so that going stale does not throw away what was typed or scrolled. */}
      <div className={isError ? "opacity-75 grayscale-[0.6]" : "contents"}>{shown}</div>
    </>
  );
}

function AsOf<T>({ query }: { query: QueryLike<T> }) {
  const { message } = describeError(query.error);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-warn-line bg-warn-bg px-4 py-1.5 text-xs text-warn-fg"
    >
      <span className="font-medium">as of {formatTime(query.dataUpdatedAt, "local")}</span>
      <span className="min-w-0 flex-1">{message}</span>
      <Button size="sm" variant="ghost" pending={query.isFetching} onClick={() => void query.refetch()}>
        Try again
      </Button>
    </div>
  );
}
