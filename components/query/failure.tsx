"use client";

import { Callout } from "@/components/ui/callout";
import { ConsoleError, describeError } from "./console-error";

/** What went wrong, where no field says it. */
export function Failure({ error, fields = [] }: { error: unknown; fields?: string[] }) {
  if (!error) return null;
  if (error instanceof ConsoleError && error.field && fields.includes(error.field)) return null;
  const { message, hint } = describeError(error);
  return (
    <Callout tone="danger" title={message}>
      {hint}
    </Callout>
  );
}

export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ConsoleError && error.field === field ? error.message : undefined;
}
