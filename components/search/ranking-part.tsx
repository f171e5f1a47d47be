"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SearchSetup } from "@/lib/redis/recall/types";
import { Disclosure } from "./disclosure";
import { IndexChoice } from "./index-choice";
import { ModeChoice } from "./mode-choice";
import { type SettingsDraft, type SettingsProblems, turned } from "./settings-draft";
import { SettingsFields } from "./settings-fields";

export type RankingPartProps = {
  setup: SearchSetup | undefined;
  draft: SettingsDraft;
  problems: SettingsProblems & { index?: string };
  /** Of the radio buttons, where two parts are on a page. */
  name?: string;
  onChange: (changes: Partial<SettingsDraft>, searchNow?: boolean) => void;
};

/** One set of settings: by what, in which index, how many, how near, and every weight. */
export function RankingPart({ setup, draft, problems, name = "mode", onChange }: RankingPartProps) {
  const metric = setup?.indexes.find((index) => index.name === draft.index)?.metric ?? setup?.index?.metric;
  const many = turned(draft);
  const wrong = Object.keys(problems).some((key) => !["k", "maxDistance", "index"].includes(key));
  return (
    <div className="flex flex-col gap-4">
      <ModeChoice name={name} value={draft.mode} onChange={(mode) => onChange({ mode }, true)} />
      <IndexChoice
        setup={setup}
        value={draft.index}
        error={problems.index}
        onChange={(index) => onChange({ index }, true)}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label="How many (K)" error={problems.k}>
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            value={draft.k}
            onChange={(event) => onChange({ k: event.target.value })}
          />
        </Field>
        <Field label="Distance at most" error={problems.maxDistance}>
          <Input
            type="number"
            inputMode="decimal"
            step="0.05"
            min={0}
            value={draft.maxDistance}
            placeholder="any"
            data-tip={distanceTip(metric)}
            onChange={(event) => onChange({ maxDistance: event.target.value })}
          />
        </Field>
      </div>
      <Disclosure label={many > 0 ? `Ranking (${many} turned)` : "Ranking"} open={wrong}>
        <SettingsFields draft={draft} problems={problems} onChange={onChange} />
      </Disclosure>
    </div>
  );
}

function distanceTip(metric: string | null | undefined): string {
  if (metric === "L2") return "Squared Euclidean distance; how far is far depends on the model";
  if (metric === "IP") return "1 − inner product";
  return "0 is the same direction, 1 unrelated, 2 opposite. Word matches stay, however far.";
}
