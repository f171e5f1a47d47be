"use client";

import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { ByteOrder } from "@/lib/redis/recall/rules";
import { Disclosure } from "./disclosure";
import type { FieldProblems, LabDraft } from "./lab-input";

/** What narrows a search. */
export const FILTERS = ["minImportance", "maxImportance", "since", "until", "category"] as const;

type FilterFieldsProps = {
  draft: LabDraft;
  problems: FieldProblems;
  onChange: (changes: Partial<LabDraft>) => void;
};

export function FilterFields({ draft, problems, onChange }: FilterFieldsProps) {
  const importance = (name: "minImportance" | "maxImportance") => (
    <Input
      type="number"
      inputMode="decimal"
      step="1"
      value={draft[name]}
      placeholder="any"
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  );
  const day = (name: "since" | "until") => (
    <Input type="date" value={draft[name]} onChange={(event) => onChange({ [name]: event.target.value })} />
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Importance from" error={problems.minImportance}>
          {importance("minImportance")}
        </Field>
        <Field label="to" error={problems.maxImportance}>
          {importance("maxImportance")}
        </Field>
        <Field label="Written since (UTC)" error={problems.since}>
          {day("since")}
        </Field>
        <Field label="until" error={problems.until}>
          {day("until")}
        </Field>
      </div>
      <Field label="Category" error={problems.category}>
        <Input
          value={draft.category}
          placeholder="any, for example pref"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onChange({ category: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** A vector of the asker's own, in place of the text's: the way into indexes of other models. */
export function VectorFields({ draft, problems, onChange }: FilterFieldsProps) {
  return (
    <Disclosure label="Paste a vector instead" open={Boolean(problems.vector)}>
      <div className="flex flex-col gap-3">
        <Field
          label="Vector"
          hint="Numbers, hex digits or redis-cli escapes. It takes the place of the text's own vector."
          error={problems.vector}
        >
          <Textarea
            rows={4}
            value={draft.vector}
            spellCheck={false}
            className="font-mono text-xs"
            placeholder="0.12, -0.50, …   or   \x40\x00\x00\x00…"
            onChange={(event) => onChange({ vector: event.target.value })}
          />
        </Field>
        <Field label="Order of its bytes">
          <Select
            value={draft.byteOrder}
            onChange={(event) => onChange({ byteOrder: event.target.value as ByteOrder })}
          >
            <option value="little">little-endian, as Redis reads it: sent as it is</option>
            <option value="big">big-endian: turned around before it is sent</option>
          </Select>
        </Field>
      </div>
    </Disclosure>
  );
}
