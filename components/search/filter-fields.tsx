"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { SearchFormProps } from "./search-form";

/** What narrows a search, but for K, which always has a value. */
export const FILTERS = [
  "minImportance",
  "maxImportance",
  "since",
  "until",
  "category",
  "maxDistance",
  "vector",
] as const;

type FilterFieldsProps = Pick<SearchFormProps, "draft" | "problems" | "metric" | "onChange">;

export function FilterFields({ draft, problems, metric, onChange }: FilterFieldsProps) {
  const [pasting, setPasting] = useState(false);
  const number = (name: "k" | "minImportance" | "maxImportance" | "maxDistance", step: string) => ({
    type: "number",
    inputMode: "decimal" as const,
    step,
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.target.value }),
  });
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="How many (K)" error={problems.k}>
          <Input {...number("k", "1")} min={1} max={100} />
        </Field>
        <Field label="Distance at most" error={problems.maxDistance}>
          <Input
            {...number("maxDistance", "0.05")}
            min={0}
            placeholder="any"
            data-tip={distanceTip(metric)}
          />
        </Field>
        <Field label="Importance from" error={problems.minImportance}>
          <Input {...number("minImportance", "1")} placeholder="any" />
        </Field>
        <Field label="to" error={problems.maxImportance}>
          <Input {...number("maxImportance", "1")} placeholder="any" />
        </Field>
        <Field label="Written since (UTC)" error={problems.since}>
          <Input
            type="date"
            value={draft.since}
            onChange={(event) => onChange({ since: event.target.value })}
          />
        </Field>
        <Field label="until" error={problems.until}>
          <Input
            type="date"
            value={draft.until}
            onChange={(event) => onChange({ until: event.target.value })}
          />
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
      <div className="flex flex-col gap-2">
        <button
          type="button"
          aria-expanded={pasting}
          onClick={() => setPasting(!pasting)}
          className="flex items-center gap-1 self-start rounded-sm text-xs font-medium text-fg-muted hover:text-fg"
        >
          <ChevronRight
            aria-hidden
            className={`size-3.5 transition-transform duration-100 ${pasting ? "rotate-90" : ""}`}
          />
          Paste a vector instead
        </button>
        {pasting || problems.vector ? (
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
        ) : null}
      </div>
    </>
  );
}

function distanceTip(metric: string | null): string {
  if (metric === "L2") return "Squared Euclidean distance; how far is far depends on the model";
  if (metric === "IP") return "1 − inner product";
  return "0 is the same direction, 1 unrelated, 2 opposite. Word matches stay, however far.";
}
