"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { compareNames } from "@/lib/format";
import type { AuditPage } from "@/lib/redis/audit/schema";
import { ACTION_WORDS, actionWords } from "./action-words";
import { type AuditParams, activeFilters, NO_FILTERS } from "./list-address";
import { auditChoicesQuery } from "./queries";
import { SubjectFilter } from "./subject-filter";
import { OUTCOMES } from "./words";

export type FilterBarProps = {
  params: AuditParams;
  scope: AuditPage["scope"];
  onChange: (change: Partial<AuditParams>) => void;
};

const ACTIONS = Object.keys(ACTION_WORDS).sort((a, b) => compareNames(actionWords(a), actionWords(b)));
/** Who is no operator and acts all the same. */
const OTHERS = [
  ["anonymous", "not signed in"],
  ["command-line", "command line"],
  ["console", "the console itself"],
] as const;

/** Every filter of the log; what is chosen stands in the address. On a phone they unfold. */
export function FilterBar({ params, scope, onChange }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const count = activeFilters(params);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2 sm:hidden">
        <Button icon={<SlidersHorizontal />} aria-expanded={open} onClick={() => setOpen(!open)}>
          Filters{count > 0 ? ` (${count})` : ""}
        </Button>
        {count > 0 ? <Clear onChange={onChange} /> : null}
      </div>
      <div
        className={`${open ? "" : "max-sm:hidden"} grid items-end gap-3 sm:grid-cols-3 lg:grid-cols-[repeat(3,minmax(0,1fr))_auto_auto]`}
      >
        {scope === "all" ? <OperatorFilter value={params.operator} onChange={onChange} /> : null}
        <Field label="Action">
          <Select
            value={params.action ?? ""}
            onChange={(event) => onChange({ action: event.target.value || null })}
          >
            <option value="">Any action</option>
            {params.action && !Object.hasOwn(ACTION_WORDS, params.action) ? (
              <option value={params.action}>{params.action}</option>
            ) : null}
            {ACTIONS.map((action) => (
              <option key={action} value={action}>
                {actionWords(action)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Outcome">
          <Select
            value={params.outcome ?? ""}
            onChange={(event) =>
              onChange({
                outcome: OUTCOMES.find(({ outcome }) => outcome === event.target.value)?.outcome ?? null,
              })
            }
          >
            <option value="">Any outcome</option>
            {OUTCOMES.map(({ outcome, word }) => (
              <option key={outcome} value={outcome}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
        <TimeField label="From, UTC" value={params.from} onChange={(from) => onChange({ from })} />
        <TimeField label="To, UTC" value={params.to} onChange={(to) => onChange({ to })} />
      </div>
      <div className={`${open ? "" : "max-sm:hidden"} flex flex-wrap items-center gap-3`}>
        <SubjectFilter subject={params.subject} onChange={(subject) => onChange({ subject })} />
        {count > 0 ? (
          <span className="max-sm:hidden">
            <Clear onChange={onChange} />
          </span>
        ) : null}
      </div>
    </div>
  );
}

function Clear({ onChange }: Pick<FilterBarProps, "onChange">) {
  return (
    <Button variant="ghost" icon={<X />} onClick={() => onChange(NO_FILTERS)}>
      Clear the filters
    </Button>
  );
}

function OperatorFilter({ value, onChange }: { value: string | null; onChange: FilterBarProps["onChange"] }) {
  const { data } = useQuery(auditChoicesQuery());
  const operators = data?.operators ?? [];
  const isKnown =
    value === null || OTHERS.some(([id]) => id === value) || operators.some(({ id }) => id === value);
  return (
    <Field label="Operator">
      <Select value={value ?? ""} onChange={(event) => onChange({ operator: event.target.value || null })}>
        <option value="">Anybody</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {operators.map(({ id, name, disabled }) => (
          <option key={id} value={id}>
            {name}
            {disabled ? " (disabled)" : ""}
          </option>
        ))}
        {OTHERS.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type TimeFieldProps = { label: string; value: string | null; onChange: (value: string | null) => void };

/** A minute. While it is typed the field holds none: only a whole one, or an emptied field, is told. */
function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <Field label={label}>
      <Input
        key={value ?? ""}
        type="datetime-local"
        defaultValue={value ?? ""}
        onBlur={(event) => {
          const next = event.target.value.slice(0, 16) || null;
          if (next !== value && !event.target.validity.badInput) onChange(next);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
    </Field>
  );
}
