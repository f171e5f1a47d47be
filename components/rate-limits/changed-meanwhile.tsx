"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { formatCount, formatDateTime } from "@/lib/format";
import type { LimitOverride, SetLimit } from "@/lib/redis/limiter/settings";

type Setting = SetLimit & Partial<LimitOverride>;

/**
 * The setting that stood there when a form was opened: what is set takes the place of that one and of no other.
 * @param busy while the form's own change is under way, or has come about, another setting is no news
 */
export function useSeenSetting(
  setting: Setting | null,
  busy: boolean,
): { seenSetAtMs: number | null; changed: boolean } {
  const setAtMs = setting?.setAtMs ?? null;
  const [seenSetAtMs] = useState(setAtMs);
  return { seenSetAtMs, changed: !busy && setAtMs !== seenSetAtMs };
}

export type ChangedMeanwhileProps = {
  /** What somebody set now; null where nothing is set any more. */
  setting: Setting | null;
  /** What holds then. */
  otherwise: number;
  onBeginAgain: () => void;
};

/** Somebody else has set, or taken back, the limit that this form is about. */
export function ChangedMeanwhile({ setting, otherwise, onBeginAgain }: ChangedMeanwhileProps) {
  const until = setting?.untilMs ? `, until ${formatDateTime(setting.untilMs, "utc")}` : "";
  return (
    <Callout
      tone="warn"
      title="This limit was changed meanwhile"
      action={
        <Button size="sm" onClick={onBeginAgain}>
          Begin again with it
        </Button>
      }
    >
      {setting
        ? `Now ${formatCount(setting.limit)} requests, set by ${setting.setBy}${until}.`
        : `It has ended or was taken back: now ${formatCount(otherwise)} requests.`}
    </Callout>
  );
}
