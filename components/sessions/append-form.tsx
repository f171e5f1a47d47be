"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useSyncExternalStore } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Checkbox, Select, Textarea } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { AppendType } from "@/lib/redis/messages/append-message";
import type { AppendDrafts, Draft } from "./append-drafts";
import { type SessionTarget, useAppendMessage } from "./mutations";

const KEEP = 30;
const DAY_SECONDS = 86_400;

export type AppendFormProps = { target: SessionTarget; length: number; drafts: AppendDrafts };

/** Write a message as the assistant would: LPUSH, and with it LTRIM and EXPIRE when asked for. */
export function AppendForm({ target, length, drafts }: AppendFormProps) {
  const append = useAppendMessage(target);
  const key = `${target.userRef} ${target.session}`;
  const read = () => drafts.of(key);
  const draft = useSyncExternalStore(drafts.subscribe, read, read);
  const onChange = (part: Partial<Draft>) => drafts.change(key, part);
  if (draft.open) {
    const send = () => void drafts.send(key, (written) => append.mutateAsync(inputOf(written)));
    return <OpenForm draft={draft} length={length} onChange={onChange} onSend={send} />;
  }
  return (
    <div className="flex items-center gap-2 border-t px-4 py-2 text-xs text-fg-muted">
      <Button size="sm" variant="ghost" icon={<Plus />} onClick={() => onChange({ open: true })}>
        Append a message
      </Button>
      {draft.content === "" ? null : "What you typed is kept."}
    </div>
  );
}

function inputOf({ type, content, trim, expire }: Draft) {
  return {
    type,
    content,
    ...(trim ? { keepMessages: KEEP } : {}),
    ...(expire ? { expireSeconds: DAY_SECONDS } : {}),
  };
}

type OpenFormProps = {
  draft: Draft;
  length: number;
  onChange: (part: Partial<Draft>) => void;
  onSend: () => void;
};

function OpenForm({ draft, length, onChange, onSend }: OpenFormProps) {
  const { type, content, trim, expire, sending, error } = draft;
  const going = Math.max(0, length + 1 - KEEP);
  const close = () => onChange({ open: false, error: null });

  function submit(event: FormEvent) {
    event.preventDefault();
    onSend();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t bg-sunken px-4 py-3">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Who says it" className="w-28">
          <Select value={type} onChange={(event) => onChange({ type: event.target.value as AppendType })}>
            <option value="human">human</option>
            <option value="ai">ai</option>
            <option value="system">system</option>
            <option value="tool">tool</option>
          </Select>
        </Field>
        <Field label="What" className="min-w-56 flex-1">
          <Textarea
            rows={2}
            value={content}
            maxLength={100_000}
            onChange={(event) => onChange({ content: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape") close();
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(event);
            }}
          />
        </Field>
      </div>
      {error ? <Failure error={error} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox
          label={`Keep the newest ${KEEP}`}
          hint={trim && going > 0 ? `removes ${formatCount(going)} older` : undefined}
          checked={trim}
          onChange={(event) => onChange({ trim: event.target.checked })}
        />
        <Checkbox
          label="Expire in 24 h"
          checked={expire}
          onChange={(event) => onChange({ expire: event.target.checked })}
        />
        <span className="flex flex-1 justify-end gap-2">
          <Button size="sm" onClick={close}>
            Close
          </Button>
          <Button
            size="sm"
            type="submit"
            variant={trim && going > 0 ? "danger" : "primary"}
            pending={sending}
            disabled={content === ""}
          >
            {trim && going > 0 ? `Append, remove ${formatCount(going)}` : "Append"}
          </Button>
        </span>
      </div>
    </form>
  );
}

function Failure({ error }: { error: Error }) {
  const { message, hint } = describeError(error);
  return (
    <Callout tone="danger" title={message}>
      {hint}
    </Callout>
  );
}
