"use client";

import { ChevronRight, Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import { FILTERS, FilterFields } from "./filter-fields";
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
  const [open, setOpen] = useState(false);
  const setFilters = FILTERS.filter((name) => draft[name] !== "").length;
  const wrong = [...FILTERS, "k" as const].some((name) => problems[name]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
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
      <button
        type="button"
        aria-expanded={open}
        aria-controls="search-filters"
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 self-start rounded-sm text-xs font-medium text-fg-muted hover:text-fg lg:hidden"
      >
        <ChevronRight
          aria-hidden
          className={`size-3.5 transition-transform duration-100 ${open ? "rotate-90" : ""}`}
        />
        {setFilters > 0 ? `Filters (${setFilters})` : "Filters"}
      </button>
      {/* On a phone the results would begin a screen below. */}
      <div id="search-filters" className={`flex-col gap-4 lg:flex ${open || wrong ? "flex" : "hidden"}`}>
        <FilterFields draft={draft} problems={problems} metric={metric} onChange={onChange} />
      </div>
      <Button type="submit" variant="primary" icon={<Search />} pending={pending}>
        Search
      </Button>
    </form>
  );
}
