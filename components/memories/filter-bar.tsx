"use client";

import { SlidersHorizontal, X } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import { formatCount } from "@/lib/format";
import { MEMORY_SORTS, type MemorySort } from "@/lib/redis/memories/rules";
import type { MemoryList } from "@/lib/redis/memories/types";
import { CategoryFilter } from "./category-filter";
import { type AddressFilters, activeFilters, type FilterName } from "./filters";
import { isHiddenName } from "./hidden-name";

const SORT_WORDS: Record<MemorySort, string> = {
  importance: "Most important first",
  newest: "Newest first",
  oldest: "Oldest first",
  name: "By category and number",
  expiring: "Ending soonest first",
};

const STEPS = Array.from({ length: 10 }, (_, index) => String(index + 1));

export type FilterBarProps = {
  filters: AddressFilters;
  /** undefined until the first answer. */
  list: MemoryList | undefined;
  pending: boolean;
  onChange: (change: Partial<Record<FilterName, string | null>>) => void;
  onClear: () => void;
  /** Stands at the end: what makes a new one. */
  action?: ReactNode;
};

export function FilterBar({ filters, list, pending, onChange, onClear, action }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const onText = useCallback((text: string) => onChange({ text }), [onChange]);
  const count = activeFilters(filters).length;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-64 gap-2">
          <TextFilter value={filters.text ?? ""} pending={pending} onChange={onText} />
          <Button
            icon={<SlidersHorizontal />}
            aria-expanded={open}
            aria-controls="memory-filters"
            onClick={() => setOpen(!open)}
            className="lg:hidden"
          >
            Filters{count > 0 ? ` (${count})` : ""}
          </Button>
        </div>
        <div
          id="memory-filters"
          className={`${open ? "flex" : "hidden"} flex-wrap items-center gap-x-5 gap-y-2 text-xs text-fg-muted lg:flex`}
        >
          <FromTo label="Importance">
            <ImportanceStep
              label="Least importance"
              value={filters.minImportance}
              none="1"
              onChange={(minImportance) => onChange({ minImportance })}
            />
            <span>to</span>
            <ImportanceStep
              label="Greatest importance"
              value={filters.maxImportance}
              none="10"
              onChange={(maxImportance) => onChange({ maxImportance })}
            />
          </FromTo>
          <FromTo label="Days" tip="Days in UTC, by the timestamp field">
            <DayInput
              label="First day (UTC)"
              value={filters.since}
              onChange={(since) => onChange({ since })}
            />
            <span>to</span>
            <DayInput
              label="Last day (UTC)"
              value={filters.until}
              onChange={(until) => onChange({ until })}
            />
          </FromTo>
          <Checkbox
            label={`Not indexed by meaning${list ? unmeantCount(list) : ""}`}
            checked={filters.notIndexed === "1"}
            onChange={(event) => onChange({ notIndexed: event.target.checked ? "1" : null })}
          />
          <Checkbox
            label={`With an end${list ? ` (${formatCount(list.withLife)})` : ""}`}
            checked={filters.withLife === "1"}
            onChange={(event) => onChange({ withLife: event.target.checked ? "1" : null })}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1 max-sm:basis-full">
          {list ? (
            <CategoryFilter
              categories={list.categories.filter(({ category }) => !isHiddenName(list, category))}
              total={list.total}
              value={filters.category}
              onChange={(category) => onChange({ category })}
            />
          ) : null}
          {count > 0 ? (
            <Button size="sm" variant="ghost" icon={<X />} onClick={onClear}>
              Clear filters
            </Button>
          ) : null}
        </div>
        <Select
          aria-label="Sort"
          value={filters.sort ?? "importance"}
          onChange={(event) =>
            onChange({ sort: event.target.value === "importance" ? null : event.target.value })
          }
          className="max-sm:basis-full sm:!w-52"
        >
          {MEMORY_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORDS[sort]}
            </option>
          ))}
        </Select>
        {action}
      </div>
    </div>
  );
}

/** Exact where all embeddings were read: for up to two hundred memories, and once this filter was asked for. */
function unmeantCount({ notIndexed, vectorsUnread }: MemoryList): string {
  if (vectorsUnread === 0) return ` (${formatCount(notIndexed)})`;
  return notIndexed === 0 ? "" : ` (at least ${formatCount(notIndexed)})`;
}

function FromTo({ label, tip, children }: { label: string; tip?: string; children: ReactNode }) {
  return (
    <fieldset className="flex items-center gap-1.5">
      <legend className="float-left mr-1 leading-8" data-tip={tip}>
        {label}
      </legend>
      {children}
    </fieldset>
  );
}

/** Follows the address, and writes to it when typing pauses. */
function TextFilter({
  value,
  pending,
  onChange,
}: {
  value: string;
  pending: boolean;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [written, setWritten] = useState<string | null>(null);
  if (seen !== value) {
    setSeen(value);
    setWritten(null);
    // What was written from here comes back late: it must not undo what was typed since.
    if (value !== written) setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => {
      setWritten(typed);
      onChange(typed);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <SearchInput
      label="Filter: text contains"
      value={typed}
      maxLength={200}
      pending={pending && typed !== ""}
      onChange={(event) => setTyped(event.target.value)}
      onClear={() => setTyped("")}
      className="flex-1"
    />
  );
}

function ImportanceStep(props: {
  label: string;
  value?: string;
  none: string;
  onChange: (value: string | null) => void;
}) {
  const { label, value, none, onChange } = props;
  return (
    <Select
      aria-label={label}
      value={value ?? none}
      onChange={(event) => onChange(event.target.value === none ? null : event.target.value)}
      className="!w-16"
    >
      {value === undefined || STEPS.includes(value) ? null : <option value={value}>{value}</option>}
      {STEPS.map((step) => (
        <option key={step}>{step}</option>
      ))}
    </Select>
  );
}

function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value?: string;
  onChange: (day: string) => void;
}) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value)}
      className="!w-36"
    />
  );
}
