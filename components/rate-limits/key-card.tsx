"use client";

import { ChevronRight } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock, Mono } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Countdown } from "@/components/ui/countdown";
import { MaskedMark } from "@/components/ui/masked-mark";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { hitCommandText, readCommandText } from "./limit-commands";

/** The key as Redis has it: its name, its own life apart from its fields' lives, and the commands behind the page. */
export function KeyCard({ limits }: { limits: RateLimits }) {
  return (
    <Card aria-labelledby="limits-key">
      <CardHeader id="limits-key" title="In Redis" />
      <CardBody className="flex flex-col gap-4">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-1.5 text-sm">
          <dt className="text-fg-muted">Key</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <Mono>{limits.key}</Mono>
            {limits.masked ? (
              <MaskedMark tip="A pseudonym stands where the key has the id" />
            ) : (
              <CopyButton text={limits.key} label="Copy the key" />
            )}
          </dd>
          <dt className="text-fg-muted">Type</dt>
          <dd>{limits.type === "none" ? "no such key now" : limits.type}</dd>
          <dt className="text-fg-muted">Life of the key</dt>
          <dd>
            <KeyLife limits={limits} />
          </dd>
        </dl>
        {/* With a pseudonym in them the commands would ask for nobody's key. */}
        {limits.state === "wrong-type" || limits.masked ? null : <Commands limits={limits} />}
      </CardBody>
    </Card>
  );
}

function Commands({ limits }: { limits: RateLimits }) {
  return (
    <details className="group text-sm">
      <summary className="-ml-1 inline-flex cursor-pointer list-none items-center gap-1 rounded-sm text-fg-muted hover:text-fg">
        <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
        The commands behind this page
      </summary>
      <div className="mt-3 grid gap-3 lg:grid-cols-2">
        <CodeBlock label="Reading the counters" text={readCommandText(limits)} className="self-start" />
        <CodeBlock
          label="Counting one request exactly, from any language; allowed = each HINCRBY answer ≤ its limit"
          text={hitCommandText(limits)}
        />
      </div>
    </details>
  );
}

function KeyLife({ limits }: { limits: RateLimits }) {
  if (limits.state === "none") return <span className="text-fg-muted">—</span>;
  if (limits.keyExpiresAtMs === null) {
    return (
      <span>
        none of its own
        {limits.state === "counters" ? (
          <span className="text-fg-muted"> (TTL answers -1; each field has its own life)</span>
        ) : null}
      </span>
    );
  }
  return (
    <span>
      <Countdown untilMs={limits.keyExpiresAtMs} offsetMs={limits.clockOffsetMs} />
      {limits.state === "counters" ? (
        <span className="text-fg-muted">, then all fields go with it, whatever their own life</span>
      ) : null}
    </span>
  );
}
