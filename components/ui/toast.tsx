"use client";

import { CircleCheck, Info, OctagonAlert, TriangleAlert, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button, IconButton } from "./button";
import { type ToastEntry, type ToastTone, toast, toastStore } from "./toast-store";

const ICON: Record<ToastTone, typeof Info> = {
  neutral: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

const COLOR: Record<ToastTone, string> = {
  neutral: "text-fg-subtle",
  ok: "text-ok-fg",
  warn: "text-warn-fg",
  danger: "text-danger-fg",
};

export function Toaster() {
  const entries = useSyncExternalStore(toastStore.subscribe, toastStore.read, toastStore.readOnServer);
  return (
    // Always in the page: a live region that comes with its first message is not read out.
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-[55] flex flex-col items-end gap-2 sm:inset-x-auto sm:right-4 sm:bottom-4"
    >
      {entries.map((entry) => (
        <Toast key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function Toast({ entry }: { entry: ToastEntry }) {
  const [held, setHeld] = useState(false);
  const { id, tone, title, description, action, durationMs } = entry;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toast.dismiss(id), durationMs);
    return () => clearTimeout(timer);
  }, [held, id, durationMs]);

  const Icon = ICON[tone];
  return (
    // Kept from leaving while it is read.
    <fieldset
      aria-label="Message"
      data-message
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pop-in pointer-events-auto flex w-full items-start gap-2.5 rounded-lg bg-raised py-2.5 pr-2 pl-3 text-sm shadow-pop sm:w-88"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${COLOR[tone]}`} />
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium">{title}</p>
        {description ? <div className="text-fg-muted">{description}</div> : null}
      </div>
      {action ? (
        <Button
          size="sm"
          onClick={() => {
            action.onClick();
            toast.dismiss(id);
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton label="Dismiss" size="sm" onClick={() => toast.dismiss(id)} className="-my-1">
        <X />
      </IconButton>
    </fieldset>
  );
}
