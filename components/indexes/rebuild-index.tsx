"use client";

import { type FormEvent, useState } from "react";
import { Failure, fieldError } from "@/components/query/failure";
import { CodeBlock } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Checkbox, Input } from "@/components/ui/input";
import { createIndexText } from "@/lib/redis/indexes/command-text";
import {
  memoryVector,
  NAME_PATTERN,
  planLike,
  type RebuildForm,
  usualVector,
  vectorOf,
} from "@/lib/redis/indexes/rules";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { FormChoice } from "./form-choice";
import { freeName } from "./free-name";
import { ModelMisfit, ModelSelect } from "./model-select";
import { useRebuildIndex } from "./mutations";
import { useVectorDraft } from "./vector-draft";
import { VectorOptions } from "./vector-options";

export type RebuildIndexProps = { index: IndexDto; state: IndexesState; onClose: () => void };

const FORMS = [
  { form: "same", title: "Like this one", body: "The same fields and words, with the vectors chosen below." },
  { form: "safer", title: "Safer", body: "Ids in their own case and never split, no word left out." },
] as const;

/** A new index beside this one, and the switch to it when it is complete. */
export function RebuildIndex({ index, state, onClose }: RebuildIndexProps) {
  const isActive = state.active?.name === index.name;
  const [name, setName] = useState(() => freeName(state, index.name));
  const [form, setForm] = useState<RebuildForm>(index.mixesIds ? "safer" : "same");
  const [model, setModel] = useState(index.model.by === "bound" ? index.model.name : null);
  const [aliases, setAliases] = useState<string[]>(index.uses.aliases);
  const [adopt, setAdopt] = useState(isActive);
  const [acceptFewer, setAcceptFewer] = useState(false);
  const vector = useVectorDraft(
    vectorOf(memoryVector(index.fields)) ?? usualVector(state.models[0]?.dimensions ?? 512),
  );
  const rebuild = useRebuildIndex();

  const nameProblem = NAME_PATTERN.test(name) ? undefined : "Must be printable ASCII without spaces.";
  const isRight = !nameProblem && vector.isRight;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    const input = { index: index.name, name, form, model, vector: vector.plan, aliases, adopt, acceptFewer };
    rebuild.mutate(input, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Build ${index.name} anew`}
      description="Beside the old one, which goes on serving and is kept until somebody drops it. Searches never pause."
      footer={
        <FormActions
          form="rebuild-index"
          onCancel={onClose}
          submitLabel="Build the new one"
          pending={rebuild.isPending}
          disabled={!isRight}
        />
      }
    >
      <form id="rebuild-index" onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field label="Name of the new one" error={nameProblem ?? fieldError(rebuild.error, "name")}>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="font-mono"
            spellCheck={false}
          />
        </Field>
        <FormChoice forms={FORMS} value={form} onChange={setForm} />
        <ModelSelect models={state.models} value={model} onChange={setModel} />
        <VectorOptions {...vector} />
        <p className="text-xs text-fg-muted">
          Redis does not tell the old one's EF_RUNTIME: say it again where it was not the usual.
        </p>
        <ModelMisfit
          model={state.models.find((one) => one.model === model)}
          dimensions={vector.plan.dimensions}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-xs font-medium text-fg-muted">When it is complete</legend>
          <Checkbox
            checked={adopt}
            onChange={(event) => setAdopt(event.target.checked)}
            label="This console uses the new one"
          />
          {index.uses.aliases.map((alias) => (
            <Checkbox
              key={alias}
              checked={aliases.includes(alias)}
              onChange={(event) =>
                setAliases(
                  event.target.checked ? [...aliases, alias] : aliases.filter((one) => one !== alias),
                )
              }
              label={
                <>
                  The alias <bdi className="font-mono">{alias}</bdi> leads to the new one
                </>
              }
            />
          ))}
          <Checkbox
            checked={acceptFewer}
            onChange={(event) => setAcceptFewer(event.target.checked)}
            label="Also when it holds fewer documents"
            hint="Otherwise such a one is built and nothing is switched."
          />
        </fieldset>
        <CodeBlock
          label="What will be sent"
          text={createIndexText(planLike(index, form, name, vector.plan))}
        />
        <Failure error={rebuild.error} fields={["name"]} />
      </form>
    </Dialog>
  );
}
