"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input, Select } from "@/components/ui/input";
import { EXPECTED_MAX, QUESTION_CHARS } from "@/lib/redis/evaluation/rules";
import type { ExpectedMemory } from "@/lib/redis/evaluation/types";
import { ExpectedChoice } from "./expected-choice";
import { useSaveQuestion } from "./mutations";
import { candidatesQuery, type Person, setsQuery } from "./queries";

export interface Draft {
  /** null: a new one. */
  question: string | null;
  /** Of the person; null while an id is typed. */
  userRef: string | null;
  userText: string;
  query: string;
  expected: ExpectedMemory[];
}

export type QuestionDialogProps = { set: string; initial: Draft; onClose: () => void };

/** A question, whom it is about, and which of their memories should be found. */
export function QuestionDialog({ set, initial, onClose }: QuestionDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? null : onClose())}
      title={initial.question ? "Edit the question" : "Add a question"}
      size="lg"
    >
      <QuestionForm set={set} initial={initial} onClose={onClose} />
    </Dialog>
  );
}

function QuestionForm({ set, initial, onClose }: QuestionDialogProps) {
  const [draft, setDraft] = useState(initial);
  const [into, setInto] = useState(set);
  const sets = useQuery(setsQuery()).data?.sets ?? [];
  const [looking, setLooking] = useState<{ person: Person; query: string } | null>(
    initial.userRef && initial.query ? { person: { userRef: initial.userRef }, query: initial.query } : null,
  );
  const [words, setWords] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const found = useQuery(candidatesQuery(looking?.person ?? null, looking?.query ?? ""));
  const save = useSaveQuestion(into);
  const userRef = draft.userRef ?? found.data?.user?.ref ?? null;
  const failure = save.error ? describeError(save.error) : null;

  function look() {
    const query = words.trim() || draft.query.trim();
    const person = draft.userRef ? { userRef: draft.userRef } : { userTyped: draft.userText };
    if (query === "") return setProblem("Write the question first.");
    if (!draft.userRef && draft.userText === "") return setProblem("Say whose memories are meant.");
    setProblem(null);
    setLooking({ person, query });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.query.trim() === "") return setProblem("Write the question first.");
    if (!userRef || draft.expected.length === 0) {
      return setProblem("Look for memories, and choose those that should be found.");
    }
    setProblem(null);
    const expected = draft.expected.map(({ memoryRef }) => memoryRef);
    save.mutate(
      { question: draft.question, userRef, query: draft.query.trim(), expected },
      { onSuccess: onClose },
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {initial.question === null && sets.length > 1 ? (
        <Field label="Into the set">
          <Select value={into} onChange={(event) => setInto(event.target.value)}>
            {sets.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label="Question" hint="As people ask it, mistakes included.">
        <Input
          data-autofocus
          value={draft.query}
          maxLength={QUESTION_CHARS}
          onChange={(event) => setDraft({ ...draft, query: event.target.value })}
        />
      </Field>
      {draft.userRef ? (
        <p className="text-xs text-fg-muted">
          About <span className="font-mono">{draft.userText || found.data?.user?.label || "one person"}</span>
        </p>
      ) : (
        <Field label="Whose memories" hint="The id, exactly as the assistant writes it.">
          <Input
            value={draft.userText}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setDraft({ ...draft, userText: event.target.value, expected: [] })}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field
          label="Look for the memories by"
          hint="Other words, where the question itself does not find them."
          className="flex-1 basis-60"
        >
          <Input
            value={words}
            placeholder={draft.query}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              look();
            }}
          />
        </Field>
        <Button onClick={look} pending={found.isFetching} className="mb-5">
          Look
        </Button>
      </div>
      <ExpectedChoice
        found={found}
        chosen={draft.expected}
        onChange={(expected) => setDraft({ ...draft, expected: expected.slice(0, EXPECTED_MAX) })}
      />
      {problem || failure ? (
        <Callout tone="danger" title={problem ?? failure?.message}>
          {problem ? null : failure?.hint}
        </Callout>
      ) : null}
      <FormActions onCancel={onClose} submitLabel="Save the question" pending={save.isPending} />
    </form>
  );
}
