"use client";

import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { type NamedSettings, SETTING_NAME_CHARS } from "@/lib/redis/evaluation/rules";
import { DEFAULT_SETTINGS, type RecallSettings, SETTING_RANGES } from "@/lib/redis/recall/rules";

export type SettingsDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  taken: readonly string[];
  onAdd: (named: NamedSettings) => void;
};

/** A setting of one's own, to run beside the usual ones. */
export function SettingsDialog({ open, onOpenChange, ...form }: SettingsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Another setting"
      description="What is left as it stands is the default."
    >
      <SettingsForm {...form} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

const NUMBERS = [
  ["textWeight", "Words weigh"],
  ["vectorWeight", "Meaning weighs"],
  ["fusionConstant", "Fusion constant"],
  ["fusionDepth", "Lists are read to"],
  ["beginningWeight", "Beginnings weigh"],
  ["recencyWeight", "Recency adds"],
  ["recencyHalfLifeDays", "Half after days"],
  ["importanceWeight", "Importance adds"],
] as const satisfies [keyof RecallSettings, string][];

type NumberName = (typeof NUMBERS)[number][0];
type Draft = Record<NumberName, string> & Pick<RecallSettings, "mode" | "matchShare"> & { index: string };

const EMPTY: Draft = {
  ...(Object.fromEntries(NUMBERS.map(([name]) => [name, String(DEFAULT_SETTINGS[name])])) as Record<
    NumberName,
    string
  >),
  mode: DEFAULT_SETTINGS.mode,
  matchShare: DEFAULT_SETTINGS.matchShare,
  index: "",
};

type FormProps = Pick<SettingsDialogProps, "taken" | "onAdd"> & { onDone: () => void };

function SettingsForm({ taken, onAdd, onDone }: FormProps) {
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<Partial<Record<NumberName | "name", string>>>({});
  function submit(event: FormEvent) {
    event.preventDefault();
    const found: typeof problems = {};
    if (name.trim() === "") found.name = "Give it a name.";
    else if (taken.includes(name.trim())) found.name = "There is one of this name already.";
    const numbers: Partial<Record<NumberName, number>> = {};
    for (const [field] of NUMBERS) {
      const { min, max } = SETTING_RANGES[field];
      const value = Number(draft[field]);
      numbers[field] = value;
      if (draft[field].trim() === "" || !(value >= min && value <= max)) {
        found[field] = `From ${min} to ${max}.`;
      }
    }
    if (!Number.isInteger(numbers.fusionDepth)) found.fusionDepth ??= "Must be a whole number.";
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const { mode, matchShare, index } = draft;
    const settings = { ...DEFAULT_SETTINGS, ...numbers, mode, matchShare, index: index.trim() || null };
    onAdd({ name: name.trim(), settings });
    onDone();
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={problems.name}>
          <Input
            data-autofocus
            value={name}
            maxLength={SETTING_NAME_CHARS}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Searches by">
          <Select
            value={draft.mode}
            onChange={(event) => setDraft({ ...draft, mode: event.target.value as Draft["mode"] })}
          >
            <option value="hybrid">Words and meaning</option>
            <option value="text">Words</option>
            <option value="vector">Meaning</option>
          </Select>
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {NUMBERS.map(([field, label]) => (
          <Field key={field} label={label} error={problems[field]}>
            <Input
              inputMode="decimal"
              value={draft[field]}
              onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <Checkbox
        label="A word match counts by its share"
        hint="One of five words: a fifth"
        checked={draft.matchShare}
        onChange={(event) => setDraft({ ...draft, matchShare: event.target.checked })}
      />
      <Field label="Index" hint="By name; empty for the one in use.">
        <Input value={draft.index} onChange={(event) => setDraft({ ...draft, index: event.target.value })} />
      </Field>
      <FormActions onCancel={onDone} submitLabel="Add the setting" />
    </form>
  );
}
