"use client";

import { type FormEvent, useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createIndexText, DIMENSIONS_MAX, type IndexForm, NAME_PATTERN } from "@/lib/redis/indexes/rules";
import type { IndexesState } from "@/lib/redis/indexes/types";
import { useCreateIndex } from "./mutations";

export type CreateIndexProps = {
  state: IndexesState;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const FORMS: { form: IndexForm; title: string; body: string }[] = [
  {
    form: "tutorial",
    title: "As the tutorial does",
    body: "What most assistants expect. Alice and alice are one person to it.",
  },
  { form: "safer", title: "Safer", body: "Ids in their own case and never split, no word left out." },
];

/** FT.CREATE with the command in sight while it is put together. */
export function CreateIndex({ state, open, onOpenChange }: CreateIndexProps) {
  const taken = state.indexes.some(({ name }) => name === state.configuredName);
  const [name, setName] = useState(taken ? `${state.configuredName}:2` : state.configuredName);
  const [dimensions, setDimensions] = useState(String(state.embedder.dimensions));
  const [form, setForm] = useState<IndexForm>("tutorial");
  const create = useCreateIndex();

  const count = Number(dimensions);
  const nameProblem = NAME_PATTERN.test(name) ? undefined : "Must be printable ASCII without spaces.";
  const countProblem =
    /^\d{1,5}$/.test(dimensions) && count >= 1 && count <= DIMENSIONS_MAX
      ? undefined
      : `Must be a whole number from 1 to ${DIMENSIONS_MAX}.`;
  const failure = create.isError ? describeError(create.error) : null;
  const nameTaken = create.error instanceof ConsoleError && create.error.field === "name";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (nameProblem || countProblem) return;
    create.mutate({ name, dimensions: count, form }, { onSuccess: () => onOpenChange(false) });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Create an index"
      description={`Over all hashes whose key begins with “${state.userKeyPrefix}”. Redis fills it beside its work.`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form="create-index"
            variant="primary"
            pending={create.isPending}
            disabled={Boolean(nameProblem || countProblem)}
          >
            Create the index
          </Button>
        </>
      }
    >
      <form id="create-index" onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_140px]">
          <Field label="Name" error={nameProblem ?? (nameTaken ? failure?.message : undefined)}>
            <Input
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="font-mono"
              spellCheck={false}
            />
          </Field>
          <Field label="Dimensions" error={countProblem}>
            <Input
              type="number"
              min={1}
              max={DIMENSIONS_MAX}
              value={dimensions}
              onChange={(event) => setDimensions(event.target.value)}
            />
          </Field>
        </div>
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-1 text-xs font-medium text-fg-muted">Form</legend>
          {FORMS.map((one) => (
            <label
              key={one.form}
              className="flex cursor-pointer items-start gap-2 rounded-lg border p-3 transition-colors duration-100 hover:bg-hover has-checked:border-accent has-checked:bg-accent-bg has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="form"
                checked={form === one.form}
                onChange={() => setForm(one.form)}
                className="mt-1 accent-(--accent)"
              />
              <span className="min-w-0">
                <span className="block text-sm font-medium">{one.title}</span>
                <span className="block text-xs text-fg-muted">{one.body}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {countProblem === undefined && count !== state.embedder.dimensions ? (
          <Callout tone="warn" title={`The model gives ${state.embedder.dimensions} dimensions`}>
            Memories that this console embeds would not fit, and Redis leaves such a memory out whole.
          </Callout>
        ) : null}
        <CodeBlock
          label="What will be sent"
          text={createIndexText({ name, prefix: state.userKeyPrefix, dimensions: count, form })}
        />
        {failure && !nameTaken ? (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        ) : null}
      </form>
    </Dialog>
  );
}
