"use client";

import { ChevronRight, Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import type { FieldProblems, LabDraft } from "./lab-input";
import { ModeChoice } from "./mode-choice";

export type SearchFormProps = {
  draft: LabDraft;
  problems: FieldProblems;
  /** Of the index in use. */
  metric: string | null;
  pending: boolean;
  /** `searchNow`: follow it at once, where something was searched already. */
  onChange: (changes: Partial<LabDraft>, searchNow?: boolean) => void;
  onSubmit: () => void;
};

export function SearchForm({ draft, problems, metric, pending, onChange, onSubmit }: SearchFormProps) {
  const [pasting, setPasting] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const number = (name: "k" | "minImportance" | "maxImportance" | "maxDistance", step: string) => ({
    type: "number",
    inputMode: "decimal" as const,
    step,
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.target.value }),
  });
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 p-4" aria-label="Search memories" noValidate>
      <div className="flex flex-col gap-1">
        <SearchInput
          label="What should be recalled?"
          placeholder="meetings"
          slash
          pending={pending}
          value={draft.query}
          aria-invalid={problems.query ? true : undefined}
          aria-describedby={problems.query ? "query-problem" : undefined}
          onChange={(event) => onChange({ query: event.target.value })}
          onClear={() => onChange({ query: "" })}
          maxLength={1_000}
        />
        {problems.query ? (
          <p id="query-problem" className="text-xs text-danger-fg">
            {problems.query}
          </p>
        ) : null}
      </div>
      <ModeChoice value={draft.mode} onChange={(mode) => onChange({ mode }, true)} />
      <Field
        label="Whose memories"
        hint="A user id, as it stands in the keys. Empty: everyone."
        error={problems.userText}
      >
        <Input
          value={draft.userText}
          placeholder={draft.user ? "the person of this link" : "everyone"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono"
          // What is typed takes the place of the reference that the page came with.
          onChange={(event) => onChange({ userText: event.target.value, user: null })}
        />
      </Field>
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
      <Button type="submit" variant="primary" icon={<Search />} pending={pending}>
        Search
      </Button>
    </form>
  );
}

function distanceTip(metric: string | null): string {
  if (metric === "L2") return "Squared Euclidean distance; how far is far depends on the model";
  if (metric === "IP") return "1 − inner product";
  return "0 is the same direction, 1 unrelated, 2 opposite. Word matches stay, however far.";
}
