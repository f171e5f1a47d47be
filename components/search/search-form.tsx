"use client";

import { GitCompare, Search } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import type { SearchSetup } from "@/lib/redis/recall/types";
import { Disclosure } from "./disclosure";
import { FILTERS, FilterFields, VectorFields } from "./filter-fields";
import type { LabDraft, LabProblems } from "./lab-input";
import { RankingPart } from "./ranking-part";

export type SearchFormProps = {
  draft: LabDraft;
  problems: LabProblems;
  setup: SearchSetup | undefined;
  pending: boolean;
  /** `searchNow`: follow it at once, where something was searched already. */
  onChange: (changes: Partial<LabDraft>, searchNow?: boolean) => void;
  onSubmit: () => void;
};

export function SearchForm({ draft, problems, setup, pending, onChange, onSubmit }: SearchFormProps) {
  const { fields } = problems;
  const setFilters = FILTERS.filter((name) => draft[name] !== "").length;
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
          aria-invalid={fields.query ? true : undefined}
          aria-describedby={fields.query ? "query-problem" : undefined}
          onChange={(event) => onChange({ query: event.target.value })}
          onClear={() => onChange({ query: "" })}
          maxLength={1_000}
        />
        {fields.query ? (
          <p id="query-problem" className="text-xs text-danger-fg">
            {fields.query}
          </p>
        ) : null}
      </div>
      <Field
        label="Whose memories"
        hint="A user id, as it stands in the keys. Empty: everyone."
        error={fields.userText}
      >
        <Input
          value={draft.userText}
          placeholder={draft.user ? "the person of this link" : "everyone"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono"
          // What is typed takes the place of the references that the page came with.
          onChange={(event) => onChange({ userText: event.target.value, user: null, memory: null })}
        />
      </Field>
      <RankingPart
        setup={setup}
        draft={draft.settings}
        problems={problems.settings}
        onChange={(changes, searchNow) =>
          onChange({ settings: { ...draft.settings, ...changes } }, searchNow)
        }
      />
      {/* On a phone the results would begin a screen below. */}
      <Disclosure
        label={setFilters > 0 ? `Filters (${setFilters})` : "Filters"}
        wideOpen
        open={FILTERS.some((name) => fields[name])}
      >
        <FilterFields draft={draft} problems={fields} onChange={onChange} />
      </Disclosure>
      <VectorFields draft={draft} problems={fields} onChange={onChange} />
      {draft.other ? (
        <fieldset className="flex flex-col gap-4 rounded-md border p-3">
          <legend className="px-1 text-xs font-semibold">Compared with</legend>
          <RankingPart
            setup={setup}
            draft={draft.other}
            problems={problems.other}
            name="other-mode"
            onChange={(changes, searchNow) => onChange({ other: { ...draft.other!, ...changes } }, searchNow)}
          />
          <Button size="sm" onClick={() => onChange({ other: null }, true)}>
            Stop comparing
          </Button>
        </fieldset>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" icon={<Search />} pending={pending} className="flex-1">
          Search
        </Button>
        {draft.other ? null : (
          <Button
            icon={<GitCompare />}
            data-tip="The same question with other settings, side by side"
            onClick={() => onChange({ other: { ...draft.settings } }, true)}
          >
            Compare
          </Button>
        )}
      </div>
    </form>
  );
}
