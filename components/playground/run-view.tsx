"use client";

import { MessagesSquare } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { PLAYGROUND_DEFAULTS, type PlaygroundSettings } from "@/lib/redis/playground/rules";
import type { PlaygroundRun, PlaygroundState, RestoreResult } from "@/lib/redis/playground/types";
import { Bubble } from "./bubble";
import { Composer } from "./composer";
import { RememberCard } from "./remember-card";
import { RunCard } from "./run-card";
import { SettingsCard } from "./settings-card";
import { StepList } from "./step-list";
import { TurnView } from "./turn-view";
import { useTurns } from "./use-turns";

export type RunViewProps = {
  state: PlaygroundState;
  run: PlaygroundRun;
  aside: ReactNode;
  onRestored: (result: RestoreResult) => void;
};

/** The conversation at the left; settings, the person's limits and memories, and the way back at the right. */
export function RunView({ state, run, aside, onRestored }: RunViewProps) {
  const [settings, setSettings] = useState<PlaygroundSettings>(PLAYGROUND_DEFAULTS);
  const { entries, lastTurn, busy, send, answer, remembered } = useTurns(run.userRef, settings);
  // What this page sends is drawn with its steps; what was said before it came stands above.
  const [earlier] = useState(state.messages);
  const end = useRef<HTMLDivElement>(null);
  const masked = state.masked ?? false;
  const last = entries.at(-1);

  useEffect(() => {
    if (last) end.current?.scrollIntoView({ block: "nearest" });
  }, [last]);

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
      <Card aria-labelledby="playground-conversation" className="flex min-w-0 flex-col">
        <CardHeader
          id="playground-conversation"
          title="Conversation"
          icon={<MessagesSquare aria-hidden />}
          actions={
            <>
              <Badge tone={state.chat ? "neutral" : "info"}>
                {state.chat ? `answers: ${state.chat.model}` : "answers: an echo"}
              </Badge>
              <TextLink
                href={`/users/${run.userRef}/sessions?session=${encodeURIComponent(run.sessionRef)}`}
                className="text-xs"
              >
                The session
              </TextLink>
            </>
          }
        />
        <section aria-label="Messages" className="flex min-w-0 flex-col gap-3 p-4">
          {earlier.map((message) => (
            <Bubble key={message.position} {...message} />
          ))}
          {earlier.length === 0 && entries.length === 0 ? (
            <EmptyState
              icon={<MessagesSquare aria-hidden />}
              title="Nothing was said yet"
              body="Send a message. It is counted, appended, answered out of what is remembered, and every command of it is shown."
            />
          ) : null}
          {entries.map((entry) =>
            entry.kind === "saved" ? (
              <StepList key={entry.id} steps={[entry.step]} />
            ) : (
              <TurnView
                key={entry.id}
                turn={entry}
                isLast={entry === lastTurn}
                masked={masked}
                onAnswer={() => void answer(entry.id)}
              />
            ),
          )}
          <div ref={end} />
        </section>
        <Composer busy={busy} onSend={(message) => void send(message)} />
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <RunCard run={run} busy={busy} onRestored={onRestored} />
        {aside}
        <RememberCard user={run.userRef} embedder={state.embedder} onRemembered={remembered} />
        <SettingsCard
          settings={settings}
          onChange={(changes) => setSettings((known) => ({ ...known, ...changes }))}
        />
      </div>
    </div>
  );
}
