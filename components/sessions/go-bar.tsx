"use client";

import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { formatCount, formatDateTime } from "@/lib/format";
import type { FoundDate } from "@/lib/redis/sessions/find-schema";
import type { SessionTarget } from "./mutations";
import { findDate } from "./queries";

export type GoBarProps = {
  target: SessionTarget;
  onShow: (position: number) => Promise<void>;
  onNewest: () => void;
  onClose: () => void;
};

/** To the first message, to a time, to the newest one. */
export function GoBar({ target, onShow, onNewest, onClose }: GoBarProps) {
  const [when, setWhen] = useState("");
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<string | null>) {
    setBusy(true);
    try {
      setSaid(await work());
    } catch (error) {
      setSaid(describeError(error).message);
    } finally {
      setBusy(false);
    }
  }

  function goToDate(event: FormEvent) {
    event.preventDefault();
    const atMs = new Date(when).getTime();
    if (Number.isNaN(atMs) || atMs < 0) return setSaid("Choose a day and a time.");
    void run(async () => {
      const found = await findDate(target.userRef, target.session, atMs);
      if (found.position !== null) await onShow(found.position);
      return wordsFor(found);
    });
  }

  return (
    <form onSubmit={goToDate} className="flex flex-wrap items-center gap-2 border-b bg-sunken px-4 py-2">
      <Button
        size="sm"
        disabled={busy}
        onClick={() => void run(() => onShow(0).then(() => "The first message"))}
      >
        First
      </Button>
      <Input
        type="datetime-local"
        step={1}
        aria-label="Day and time to go to"
        value={when}
        onChange={(event) => setWhen(event.target.value)}
        onKeyDown={(event) => (event.key === "Escape" ? onClose() : undefined)}
        className="max-w-56"
      />
      <Button size="sm" type="submit" variant="primary" pending={busy} disabled={when === ""}>
        Go
      </Button>
      <Button
        size="sm"
        disabled={busy}
        onClick={() => {
          onNewest();
          setSaid("The newest message");
        }}
      >
        Newest
      </Button>
      <span role="status" className="min-w-0 flex-1 text-xs text-fg-muted">
        {said}
      </span>
      <IconButton label="Close" size="sm" onClick={onClose}>
        <X />
      </IconButton>
    </form>
  );
}

function wordsFor({ position, timestampMs, about, afterAll }: FoundDate): string {
  if (position === null || timestampMs === null) return "No message here has a time.";
  const place = `message ${formatCount(position + 1)}, ${formatDateTime(timestampMs, "local")}`;
  if (about) return `About ${place}: times are missing or out of order around there.`;
  return afterAll
    ? `Nothing is that late. The last with a time: ${place}`
    : `The first of that time or later: ${place}`;
}
