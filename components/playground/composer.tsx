"use client";

import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { MESSAGE_MAX_CHARS } from "@/lib/redis/playground/rules";

/** Enter sends, Shift and Enter begins a line. */
export function Composer({ busy, onSend }: { busy: boolean; onSend: (message: string) => void }) {
  const [message, setMessage] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || message.trim() === "") return;
    onSend(message);
    setMessage("");
  }

  return (
    <form onSubmit={submit} className="flex items-end gap-2 border-t px-4 py-3">
      <Field label="Message, as the person would write it" className="flex-1">
        <Textarea
          rows={2}
          value={message}
          maxLength={MESSAGE_MAX_CHARS}
          placeholder="When is my next appointment?"
          onChange={(event) => setMessage(event.target.value)}
          onKeyDown={(event) => {
            // A word being composed is confirmed with Enter too.
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
          className="resize-y"
        />
      </Field>
      <Button type="submit" variant="primary" icon={<Send />} disabled={busy || message.trim() === ""}>
        Send
      </Button>
    </form>
  );
}
