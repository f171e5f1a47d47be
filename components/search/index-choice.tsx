import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { SearchableIndex, SearchSetup } from "@/lib/redis/recall/types";

export type IndexChoiceProps = {
  setup: SearchSetup | undefined;
  value: string;
  error?: string;
  onChange: (name: string) => void;
};

/** Which index is asked. With one of them there is nothing to choose. */
export function IndexChoice({ setup, value, error, onChange }: IndexChoiceProps) {
  const indexes = setup?.indexes ?? [];
  if (indexes.length < 2 && value === "" && !error) return null;
  const known = indexes.some(({ name }) => name === value);
  return (
    <Field label="Index" error={error}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{setup?.index ? `in use: ${words(setup.index)}` : "none in use"}</option>
        {indexes.map((index) => (
          <option key={index.name} value={index.name}>
            {words(index)}
          </option>
        ))}
        {value !== "" && !known ? <option value={value}>{value}</option> : null}
      </Select>
    </Field>
  );
}

function words({ name, dimensions, model }: SearchableIndex): string {
  const vectors = dimensions === null ? "no vectors" : `${formatCount(dimensions)} dim.`;
  return `${name} · ${vectors}${model === null ? "" : ` · ${model}`}`;
}
