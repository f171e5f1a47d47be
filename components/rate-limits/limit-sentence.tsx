"use client";

import clsx from "clsx";
import { Ban, CircleCheck, CircleDashed, Gauge, type LucideIcon, TriangleAlert } from "lucide-react";
import { useClock } from "@/components/ui/clock";
import { Skeleton } from "@/components/ui/skeleton";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { countedDown, type LimitTone, limitSentence } from "./limit-words";
import { useRateLimits } from "./use-rate-limits";

const LOOK: Record<LimitTone, { icon: LucideIcon; className: string }> = {
  blocked: { icon: Ban, className: "text-warn-fg" },
  stuck: { icon: TriangleAlert, className: "text-warn-fg" },
  broken: { icon: TriangleAlert, className: "text-warn-fg" },
  near: { icon: Gauge, className: "text-info-fg" },
  fine: { icon: CircleCheck, className: "text-fg-muted [&_svg]:text-ok-fg" },
  none: { icon: CircleDashed, className: "text-fg-muted" },
};

export type LimitSentenceProps = { userRef: string; className?: string };

/** "Blocked: 61 of 60 requests this minute; allowed again in 0:42", ticking. For the head of a person's page. */
export function LimitSentence({ userRef, className }: LimitSentenceProps) {
  const { data, isError } = useRateLimits(userRef);
  if (data) return <LimitSentenceLine limits={data} className={className} />;
  if (!isError) return <Skeleton className={clsx("h-4 w-72 max-w-full", className)} />;
  return (
    <p className={clsx("text-sm text-fg-muted", className)}>The limits of this person cannot be read now.</p>
  );
}

export function LimitSentenceLine({ limits, className }: { limits: RateLimits; className?: string }) {
  const ends = countedDown(limits);
  const text = useClock((now) => limitSentence(limits, now + limits.clockOffsetMs).text, ends);
  const tone = useClock((now) => limitSentence(limits, now + limits.clockOffsetMs).tone, ends);
  const { icon: Icon, className: look } = LOOK[tone];
  return (
    <p className={clsx("flex min-w-0 items-start gap-1.5 text-sm", look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">{text}</span>
    </p>
  );
}
