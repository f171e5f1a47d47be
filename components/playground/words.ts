/** What each step says of itself in one line. */
import { formatCount, formatDuration, formatMs } from "@/lib/format";
import type { HitResult } from "@/lib/redis/limiter/hit";
import type { PlaygroundStep, RestoreResult } from "@/lib/redis/playground/types";

export const STEP_WORDS: Record<PlaygroundStep["kind"], string> = {
  limit: "Limit checked",
  append: "History appended",
  recall: "Memories recalled",
  history: "History read",
  prompt: "Prompt put together",
  reply: "Reply",
  remember: "Fact saved",
};

export function stepTitle(step: PlaygroundStep): string {
  if (step.kind === "append") return step.type === "human" ? "Message appended" : "Reply appended";
  if (step.kind === "limit" && !step.hit.allowed) return "Limit checked: denied";
  if (step.kind === "reply" && step.text === null) return "No reply";
  return STEP_WORDS[step.kind];
}

export function stepSummary(step: PlaygroundStep): string {
  switch (step.kind) {
    case "limit":
      return limitSummary(step.hit);
    case "append":
      return `${messages(step.length)} in the session${step.ttlMs < 0 ? "" : `, which lives ${formatDuration(step.ttlMs)}`}`;
    case "recall":
      if (step.failure) return step.failure.message;
      return `${memories(step.hits.length)}${step.embedMs > 0 ? `, embedding ${formatMs(step.embedMs)}` : ""}`;
    case "history":
      if (step.commands.length === 0) return "none, as set";
      return `${messages(step.read)}${step.odd > 0 ? `, ${formatCount(step.odd)} of another shape left out` : ""}`;
    case "prompt":
      return `${messages(step.prompt.length)}${step.chars > 0 ? `, ${formatCount(step.chars)} characters` : ""}`;
    case "reply":
      if (step.failure) return step.failure.message;
      return step.by === "echo" ? "an echo: no chat endpoint is configured" : `by ${step.model}`;
    case "remember":
      return `${step.category} ${step.number}, ${formatCount(step.dimensions)} numbers by ${step.model}, embedding ${formatMs(step.embedMs)}`;
  }
}

function limitSummary({ windows }: HitResult): string {
  return windows
    .map(({ name, count, limit }) => `${name} ${formatCount(count)} of ${formatCount(limit)}`)
    .join(" · ");
}

const messages = (count: number) => (count === 1 ? "1 message" : `${formatCount(count)} messages`);
const memories = (count: number) => (count === 1 ? "1 memory" : `${formatCount(count)} memories`);

/** The window that refuses longest; null when none does. */
export function refusingWindow({ windows }: HitResult) {
  return windows.filter(({ allowed }) => !allowed).sort((a, b) => b.resetInMs - a.resetInMs)[0] ?? null;
}

export function restoredInWords({ throwAway, removed, putBack, ended }: RestoreResult): string {
  const keys = (count: number) => (count === 1 ? "1 key" : `${formatCount(count)} keys`);
  if (throwAway) return `The throw-away person is gone: ${keys(removed)} removed.`;
  const parts = [
    putBack > 0 ? `${keys(putBack)} put back` : null,
    removed > 0 ? `${keys(removed)} removed that were not there before` : null,
    ended > 0 ? `${keys(ended)} would have ended meanwhile and stay gone` : null,
  ].filter(Boolean);
  return parts.length === 0 ? "Nothing had changed." : `${parts.join(", ")}.`;
}
