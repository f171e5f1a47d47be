import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { ModelDto } from "@/lib/redis/indexes/types";

export type ModelSelectProps = {
  models: ModelDto[];
  /** null: nobody says. */
  value: string | null;
  onChange: (model: string | null) => void;
};

/** Whose vectors an index is for. */
export function ModelSelect({ models, value, onChange }: ModelSelectProps) {
  const isStrange = value !== null && !models.some(({ model }) => model === value);
  return (
    <Field
      label="Embedding model"
      hint="Redis keeps no note of it; the console does, and compares it with every memory."
    >
      <Select value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
        {models.map(({ model, dimensions, place }) => (
          <option key={`${model} ${place}`} value={model}>
            {model} · {formatCount(dimensions)} dimensions{place === "next" ? " · next" : ""}
          </option>
        ))}
        {isStrange ? <option value={value}>{value} · not configured here</option> : null}
        <option value="">Guess it from the dimensions</option>
      </Select>
    </Field>
  );
}

/** The model's length against the index's, where they differ. */
export function ModelMisfit({ model, dimensions }: { model: ModelDto | undefined; dimensions: number }) {
  if (!model || !(dimensions > 0) || model.dimensions === dimensions) return null;
  return (
    <Callout tone="warn" title={`The model gives ${formatCount(model.dimensions)} dimensions`}>
      Memories that it embeds would not fit, and Redis leaves such a memory out whole. Take{" "}
      {formatCount(model.dimensions)} here, or another model.
    </Callout>
  );
}
