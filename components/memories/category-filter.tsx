"use client";

import clsx from "clsx";
import { Select } from "@/components/ui/input";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { MemoryList } from "@/lib/redis/memories/types";

/** More than these stand in a list to choose from: a row of thirty chips tells nothing. */
const MAX_CHIPS = 8;

export type CategoryFilterProps = {
  /** Those that can be asked for. */
  categories: MemoryList["categories"];
  total: number;
  value: string | undefined;
  onChange: (category: string | null) => void;
};

export function CategoryFilter({ categories, total, value, onChange }: CategoryFilterProps) {
  const gone = value !== undefined && !categories.some(({ category }) => category === value);
  if (categories.length > MAX_CHIPS) {
    return (
      <Select
        aria-label="Category"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || null)}
        className="!w-56"
      >
        <option value="">All categories ({formatCount(total)})</option>
        {gone ? <option value={value}>{value} (0)</option> : null}
        {categories.map(({ category, count }) => (
          <option key={category} value={category}>
            {category} ({formatCount(count)})
          </option>
        ))}
      </Select>
    );
  }
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1">
      <legend className="sr-only">Category</legend>
      <Choice chosen={value === undefined} onClick={() => onChange(null)} count={total}>
        All
      </Choice>
      {(gone ? [...categories, { category: value, count: 0 }] : categories).map(({ category, count }) => (
        <Choice
          key={category}
          chosen={category === value}
          onClick={() => onChange(category === value ? null : category)}
          count={count}
        >
          <VisibleText text={category} inline limit={40} />
        </Choice>
      ))}
    </fieldset>
  );
}

type ChoiceProps = { chosen: boolean; onClick: () => void; count: number; children: React.ReactNode };

function Choice({ chosen, onClick, count, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onClick}
      className={clsx(
        "inline-flex h-7 max-w-56 items-center gap-1.5 rounded-md border px-2 text-xs font-medium transition-colors duration-100",
        chosen
          ? "border-accent-line bg-accent-bg text-accent-fg"
          : "bg-surface text-fg-muted hover:bg-hover hover:text-fg",
      )}
    >
      {children}
      <span className={chosen ? undefined : "text-fg-subtle"}>{formatCount(count)}</span>
    </button>
  );
}
