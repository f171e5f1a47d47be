"use client";

import { useMutation } from "@tanstack/react-query";
import { UserRoundSearch, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import { toast } from "@/components/ui/toast-store";
import { askSubject } from "./queries";

type Props = { subject: string | null; onChange: (subject: string | null) => void };

/**
 * One person's entries, found by typing the id. The id goes to the server in a body; what stays, in the address too,
 * is the subject that the log itself writes.
 */
export function SubjectFilter({ subject, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<{ subject: string; typed: string } | null>(null);
  const ask = useMutation({
    mutationFn: askSubject,
    onSuccess: (answer, id) => {
      setAsked({ subject: answer.subject, typed: id });
      setTyped("");
      onChange(answer.subject);
    },
    onError: (error) =>
      toast.error("The person’s entries were not looked for", { description: error.message }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed.trim()) ask.mutate(typed.trim());
  }
  if (subject !== null) {
    const known = asked?.subject === subject ? asked.typed : null;
    return (
      <span className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md border border-accent-line bg-accent-bg pl-2.5 text-sm text-accent-fg">
        <UserRoundSearch aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 truncate">
          {known ? (
            <>
              About <bdi className="font-mono text-[0.93em]">{known}</bdi>
            </>
          ) : (
            "About one person"
          )}
        </span>
        <IconButton size="sm" label="About anybody" onClick={() => onChange(null)}>
          <X />
        </IconButton>
      </span>
    );
  }
  return (
    <form onSubmit={submit} className="flex w-full max-w-xl gap-2">
      <SearchInput
        slash
        label="Entries about a person"
        placeholder="A person’s whole user id"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onClear={() => setTyped("")}
        pending={ask.isPending}
        maxLength={4_000}
        className="flex-1"
      />
      <Button type="submit" disabled={!typed.trim()}>
        Find entries
      </Button>
    </form>
  );
}
