"use client";

import { useEffect, useRef } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { useConnection } from "./use-connection";

/** For error.tsx: says what can be said, and tries again by itself when Redis is back. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const up = useConnection()?.up;
  const wasDown = useRef(false);
  useEffect(() => {
    if (wasDown.current && up) retry();
    wasDown.current = up === false;
  }, [up, retry]);

  const digest = (error as { digest?: unknown } | null)?.digest;
  return (
    <Card>
      <ErrorState
        title="This page could not be shown"
        message="Something went wrong in the console itself."
        hint={
          typeof digest === "string"
            ? `The console's log has it under ${digest}.`
            : "The console's log says more."
        }
        onRetry={retry}
        action={<ButtonLink href="/">Overview</ButtonLink>}
      />
    </Card>
  );
}
