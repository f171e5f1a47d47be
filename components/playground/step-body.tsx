"use client";

import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code";
import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDistance, formatDuration } from "@/lib/format";
import type {
  LimitStep,
  PlaygroundStep,
  PromptMessage,
  RecallStep,
  StepFailure,
} from "@/lib/redis/playground/types";

/** What came of a step, where that is more than its line. */
export function StepBody({ step }: { step: PlaygroundStep }) {
  switch (step.kind) {
    case "limit":
      return <Windows step={step} />;
    case "recall":
      return <Recalled step={step} />;
    case "prompt":
      return <Prompt prompt={step.prompt} />;
    case "reply":
      return step.failure ? <Failure failure={step.failure} /> : <NoCommands by={step.by} />;
    case "remember":
      return step.cut ? (
        <Callout tone="warn" title="Longer than the model reads">
          Only its beginning is embedded; by words all of it is found.
        </Callout>
      ) : null;
    default:
      return null;
  }
}

function Windows({ step }: { step: LimitStep }) {
  return (
    <table className="w-full text-sm tabular-nums">
      <thead className="text-left text-xs text-fg-muted">
        <tr>
          <th className="font-medium">Window</th>
          <th className="text-right font-medium">Count</th>
          <th className="text-right font-medium">Limit</th>
          <th className="text-right font-medium">Ends in</th>
        </tr>
      </thead>
      <tbody>
        {step.hit.windows.map(({ name, count, limit, allowed, resetInMs }) => (
          <tr key={name} className={allowed ? undefined : "font-medium text-warn-fg"}>
            <td>
              {name}
              {allowed ? "" : ", denied"}
            </td>
            <td className="text-right">{formatCount(count)}</td>
            <td className="text-right">{formatCount(limit)}</td>
            <td className="text-right">{formatDuration(resetInMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Recalled({ step }: { step: RecallStep }) {
  return (
    <>
      {step.failure ? <Failure failure={step.failure} /> : null}
      {step.notices.map(({ kind }) => (
        <p key={kind} className="text-xs text-warn-fg">
          {NOTICE_WORDS[kind]}
        </p>
      ))}
      {step.foreignHits > 0 ? (
        <p className="text-xs text-warn-fg">
          {formatCount(step.foreignHits)} hits of somebody else were held back.
        </p>
      ) : null}
      {step.hits.length === 0 ? <p className="text-sm text-fg-muted">Nothing was found.</p> : null}
      <ol className="flex flex-col gap-1.5 text-sm">
        {step.hits.map((hit, at) => (
          <li key={hit.memoryRef} className="flex min-w-0 items-baseline gap-2">
            <span className="w-5 shrink-0 text-right text-fg-subtle">{at + 1}</span>
            <span className="min-w-0 flex-1">
              {hit.masked ? (
                <MaskedText text={hit.content.slice(0, 300)} />
              ) : (
                <VisibleText text={hit.content} inline limit={300} className="!whitespace-normal" />
              )}
            </span>
            <span className="shrink-0 text-xs text-fg-muted tabular-nums">
              {[
                hit.similarity === null ? null : formatDistance(hit.similarity),
                hit.vectorRank === null ? null : `meaning ${hit.vectorRank}`,
                hit.textRank === null ? null : `words ${hit.textRank}`,
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

const NOTICE_WORDS: Record<RecallStep["notices"][number]["kind"], string> = {
  "dimension-mismatch":
    "The model's vectors are of another length than the index's: only words are searched.",
  "not-understood": "The model does not understand this text: to it all such texts are nearly the same.",
  "model-not-configured": "The index belongs to a model that is not configured: only words are searched.",
  "no-words": "Only words that every text has.",
  "embedding-failed": "The embedding model did not answer: only words are searched.",
  "no-vector-field": "The index has no vectors: only words are searched.",
  "no-text-field": "The index has no text field: only meaning is searched.",
  "data-type": "The index's vectors are of a type that a text is not embedded into here.",
  "pasted-big-endian": "The vector looks big-endian.",
  "pasted-swapped": "The vector's bytes were swapped.",
  "one-node": "Of this cluster the index finds what lies on one node alone.",
  "other-lengths": "Some memories have a vector of another length: they are found by words only.",
  unmeasured: "Some memories have a vector that nothing can be compared with: they are found by words only.",
  "scan-cut": "Not all memories were compared.",
  "category-looked-through": "The nearest were looked through for the category.",
};

/** What the model is sent, exactly. */
function Prompt({ prompt }: { prompt: readonly PromptMessage[] }) {
  return (
    <CodeBlock
      label="What the model is sent, message by message"
      text={prompt.map(({ role, content }) => `[${role}]\n${content}`).join("\n\n")}
      copyText={JSON.stringify(prompt, null, 2)}
      whole
      className="bg-surface"
    />
  );
}

function Failure({ failure: { message, hint } }: { failure: StepFailure }) {
  return (
    <Callout tone="warn" title={message}>
      {hint}
    </Callout>
  );
}

function NoCommands({ by }: { by: "chat" | "echo" }) {
  return (
    <p className="text-xs text-fg-muted">
      {by === "chat"
        ? "Asked of CHAT_URL; no Redis command."
        : "Set CHAT_URL and CHAT_MODEL to have a model answer; no Redis command."}
    </p>
  );
}
