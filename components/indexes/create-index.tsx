"use client";

import { type FormEvent, useState } from "react";
import { Failure, fieldError } from "@/components/query/failure";
import { CodeBlock } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { createIndexText } from "@/lib/redis/indexes/command-text";
import { type IndexForm, NAME_PATTERN, planOfForm, usualVector } from "@/lib/redis/indexes/rules";
import type { IndexesState, ModelDto } from "@/lib/redis/indexes/types";
import { FormChoice } from "./form-choice";
import { freeName } from "./free-name";
import { ModelMisfit, ModelSelect } from "./model-select";
import { useCreateIndex } from "./mutations";
import { useVectorDraft } from "./vector-draft";
import { VectorOptions } from "./vector-options";

export type CreateIndexProps = {
  state: IndexesState;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What the form begins with, where it is made for another model. */
  first?: { name: string; form: IndexForm; model: ModelDto };
  onCreated?: (name: string) => void;
};

const FORMS = [
  {
    form: "tutorial",
    title: "As the tutorial does",
    body: "What most assistants expect. Alice and alice are one person to it.",
  },
  { form: "safer", title: "Safer", body: "Ids in their own case and never split, no word left out." },
] as const;

/** FT.CREATE with the command in sight while it is put together. */
export function CreateIndex({ state, open, onOpenChange, first, onCreated }: CreateIndexProps) {
  const usual = first?.model ?? state.models[0];
  const [name, setName] = useState(() => freeName(state, first?.name ?? state.configuredName));
  const [form, setForm] = useState<IndexForm>(first?.form ?? "tutorial");
  const [model, setModel] = useState<string | null>(usual?.model ?? null);
  const vector = useVectorDraft(usualVector(usual?.dimensions ?? 512, usual?.field));
  const create = useCreateIndex();

  const nameProblem = NAME_PATTERN.test(name) ? undefined : "Must be printable ASCII without spaces.";
  const isRight = !nameProblem && vector.isRight;
  const chosen = state.models.find((one) => one.model === model);

  const choose = (next: string | null) => {
    setModel(next);
    const found = state.models.find((one) => one.model === next);
    if (found) vector.set({ dimensions: String(found.dimensions), field: found.field });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    create.mutate(
      { name, form, model, vector: vector.plan },
      {
        onSuccess: (created) => {
          onOpenChange(false);
          onCreated?.(created.name);
        },
      },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Create an index"
      description={`Over all hashes whose key begins with “${state.userKeyPrefix}”. Redis fills it beside its work.`}
      footer={
        <FormActions
          form="create-index"
          onCancel={() => onOpenChange(false)}
          submitLabel="Create the index"
          pending={create.isPending}
          disabled={!isRight}
        />
      }
    >
      <form id="create-index" onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field label="Name" error={nameProblem ?? fieldError(create.error, "name")}>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="font-mono"
            spellCheck={false}
          />
        </Field>
        <FormChoice forms={FORMS} value={form} onChange={setForm} />
        <ModelSelect models={state.models} value={model} onChange={choose} />
        <VectorOptions {...vector} />
        <ModelMisfit model={chosen} dimensions={vector.plan.dimensions} />
        <CodeBlock
          label="What will be sent"
          text={createIndexText(planOfForm({ name, prefix: state.userKeyPrefix, form, vector: vector.plan }))}
        />
        <Failure error={create.error} fields={["name"]} />
      </form>
    </Dialog>
  );
}
