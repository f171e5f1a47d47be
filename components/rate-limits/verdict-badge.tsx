import { Ban, CircleCheck, CircleDashed, Gauge, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tones";
import type { WindowVerdict } from "@/lib/redis/limiter/windows";
import type { KeyTrouble } from "@/lib/redis/rate-limits/schema";
import { VERDICT_WORDS } from "./limit-words";

/** Amber asks for attention; red is for what destroys. The icon and the word tell the kinds apart. */
const LOOK: Record<WindowVerdict, { tone: Tone; icon: typeof Ban }> = {
  unused: { tone: "neutral", icon: CircleDashed },
  ok: { tone: "ok", icon: CircleCheck },
  near: { tone: "info", icon: Gauge },
  blocked: { tone: "warn", icon: Ban },
  stuck: { tone: "warn", icon: TriangleAlert },
  "wrong-life": { tone: "warn", icon: TriangleAlert },
  "short-life": { tone: "warn", icon: TriangleAlert },
  negative: { tone: "warn", icon: TriangleAlert },
  "too-large": { tone: "warn", icon: TriangleAlert },
  "not-a-number": { tone: "warn", icon: TriangleAlert },
};

/** The tone of a window's bar. */
export const VERDICT_FILL: Record<WindowVerdict, Tone> = {
  unused: "neutral",
  ok: "accent",
  near: "info",
  blocked: "warn",
  stuck: "warn",
  "wrong-life": "warn",
  "short-life": "warn",
  negative: "warn",
  "too-large": "warn",
  "not-a-number": "warn",
};

export function VerdictBadge({ state }: { state: WindowVerdict }) {
  const { tone, icon: Icon } = LOOK[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {VERDICT_WORDS[state]}
    </Badge>
  );
}

const KEY_WORDS = { "wrong-type": "Wrong type", "key-life": "Key ends" };

/** What is wrong with the key of somebody's counters. */
export function KeyTroubleBadge({ kind }: { kind: KeyTrouble["kind"] }) {
  return (
    <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
      {KEY_WORDS[kind]}
    </Badge>
  );
}
