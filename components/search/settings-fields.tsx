"use client";

import { Field } from "@/components/ui/field";
import { Checkbox, Input } from "@/components/ui/input";
import { SETTING_RANGES } from "@/lib/redis/recall/rules";
import {
  DEFAULT_DRAFT,
  type NumberSetting,
  type SettingsDraft,
  type SettingsProblems,
} from "./settings-draft";

export type SettingsFieldsProps = {
  draft: SettingsDraft;
  problems: SettingsProblems;
  onChange: (changes: Partial<SettingsDraft>) => void;
};

const FUSION: [NumberSetting, string, string, string][] = [
  ["textWeight", "Words weigh", "0.5", "What a place among the word matches counts"],
  ["vectorWeight", "Meaning weighs", "0.5", "What a place among the nearest counts"],
  [
    "fusionConstant",
    "Fusion constant",
    "5",
    "Added to every place: the higher, the less the first ones stand out",
  ],
  ["fusionDepth", "Lists are read to", "5", "How many of each list are joined, where K is less"],
  [
    "beginningWeight",
    "Beginnings weigh",
    "0.1",
    "What a longer word counts that begins with one of the question's",
  ],
];

const BOOSTS: [NumberSetting, string, string, string][] = [
  ["recencyWeight", "Recency adds", "0.5", "1: a memory of now gains as much as a first place of weight 1"],
  ["recencyHalfLifeDays", "Half after days", "1", "After so many days the addition is half"],
  [
    "importanceWeight",
    "Importance adds",
    "0.5",
    "1: importance 10 gains as much as a first place of weight 1",
  ],
];

/** Every weight of the ranking, each with what it does. */
export function SettingsFields({ draft, problems, onChange }: SettingsFieldsProps) {
  const field = ([name, label, step, tip]: (typeof FUSION)[number]) => (
    <Field key={name} label={label} error={problems[name]}>
      <Input
        type="number"
        inputMode="decimal"
        step={step}
        min={SETTING_RANGES[name].min}
        max={SETTING_RANGES[name].max}
        value={draft[name]}
        placeholder={DEFAULT_DRAFT[name]}
        data-tip={tip}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">{FUSION.map(field)}</div>
      <Checkbox
        label="A word match counts by its share"
        hint="One of five words: a fifth"
        checked={draft.matchShare}
        onChange={(event) => onChange({ matchShare: event.target.checked })}
      />
      <div className="grid grid-cols-2 gap-3">{BOOSTS.map(field)}</div>
    </div>
  );
}
