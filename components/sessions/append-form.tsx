"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Checkbox, Select, Textarea } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { AppendType } from "@/lib/redis/messages/append-message";
import { type SessionTarget, useAppendMessage } from "./mutations";

const KEEP = 30;
const DAY_SECONDS = 86_400;

/** Write a message as the assistant would: LPUSH, and with it LTRIM and EXPIRE when asked for. */
export function AppendForm({ target, length }: { target: SessionTarget; length: number }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div className="border-t px-4 py-2">
        <Button size="sm" variant="ghost" icon={<Plus />} onClick={() => setOpen(true)}>
          Append a message
        </Button>
      </div>
    );
  }
  return <OpenForm target={target} length={length} onClose={() => setOpen(false)} />;
}

type OpenFormProps = { target: SessionTarget; length: number; onClose: () => void };

function OpenForm({ target, length, onClose }: OpenFormProps) {
  const append = useAppendMessage(target);
  const [type, setType] = useState<AppendType>("human");
  const [content, setContent] = useState("");
  const [trim, setTrim] = useState(false);
  const [expire, setExpire] = useState(false);
  const going = Math.max(0, length + 1 - KEEP);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (content === "" || append.isPending) return;
    append.mutate(
      {
        type,
        content,
        ...(trim ? { keepMessages: KEEP } : {}),
        ...(expire ? { expireSeconds: DAY_SECONDS } : {}),
      },
      { onSuccess: () => setContent("") },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t bg-sunken px-4 py-3">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Who says it" className="w-28">
          <Select value={type} onChange={(event) => setType(event.target.value as AppendType)}>
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
            onChange={(event) => setContent(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") onClose();
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(event);
            }}
          />
        </Field>
      </div>
      {append.error ? <Failure error={append.error} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox
          label={`Keep the newest ${KEEP}`}
          hint={trim && going > 0 ? `removes ${formatCount(going)} older` : undefined}
          checked={trim}
          onChange={(event) => setTrim(event.target.checked)}
        />
        <Checkbox
          label="Expire in 24 h"
          checked={expire}
          onChange={(event) => setExpire(event.target.checked)}
        />
        <span className="flex flex-1 justify-end gap-2">
          <Button size="sm" onClick={onClose}>
            Close
          </Button>
          <Button
            size="sm"
            type="submit"
            variant={trim && going > 0 ? "danger" : "primary"}
            pending={append.isPending}
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
