"use client";

import { ChevronRight } from "lucide-react";
import { CodeBlock } from "@/components/ui/code";
import { formatCount, formatMs } from "@/lib/format";
import type { PlaygroundCommand, PlaygroundStep } from "@/lib/redis/playground/types";
import { StepBody } from "./step-body";
import { stepSummary, stepTitle } from "./words";

/** Each step of a turn: what it did in a line, how long it took; opened, what came of it and the commands behind it. */
export function StepList({ steps }: { steps: readonly PlaygroundStep[] }) {
  return (
    <ol className="flex min-w-0 flex-col divide-y rounded-lg border bg-surface" aria-label="Steps">
      {steps.map((step) => (
        <li key={keyOf(step)}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

/** Of one kind a turn has one, but for what is appended and what is saved. */
function keyOf(step: PlaygroundStep): string {
  if (step.kind === "append") return `append ${step.type}`;
  return step.kind === "remember" ? `remember ${step.category} ${step.number}` : step.kind;
}

function Step({ step }: { step: PlaygroundStep }) {
  return (
    <details className="group/step min-w-0">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-lg px-3 py-1.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-fg-subtle transition-transform duration-100 group-open/step:rotate-90"
        />
        <span className="shrink-0 font-medium">{stepTitle(step)}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-fg-muted">{stepSummary(step)}</span>
        <span className="shrink-0 text-xs text-fg-muted tabular-nums">
          {step.kind === "prompt" ? "" : formatMs(step.ms)}
        </span>
      </summary>
      <div className="flex min-w-0 flex-col gap-3 border-t bg-sunken px-3 py-3">
        <StepBody step={step} />
        {step.commands.map((command) => (
          <Command key={`${command.ms} ${command.text}`} command={command} />
        ))}
      </div>
    </details>
  );
}

function Command({ command: { text, ms, times } }: { command: PlaygroundCommand }) {
  const time = ms === null ? "in the same round trip" : formatMs(ms);
  return (
    <CodeBlock
      label={`${time}${times > 1 ? ` · ${formatCount(times)} like this` : ""}`}
      text={shortened(text)}
      copyText={text}
      whole
      className="bg-surface"
    />
  );
}

/** 512 dimensions are 8 kB of escapes: shown by their first bytes, copied whole. */
function shortened(text: string): string {
  return text.replace(/"((?:\\x[0-9a-f]{2}){48,})"/g, (_, escapes: string) => {
    return `"${escapes.slice(0, 48)}…" ⟨${formatCount(escapes.length / 4)} bytes, copied whole⟩`;
  });
}
