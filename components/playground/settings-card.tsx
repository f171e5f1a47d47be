"use client";

import { SlidersHorizontal } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import {
  HISTORY_MAX,
  K_MAX,
  KEEP_MAX,
  type PlaygroundSettings,
  SESSION_LIVES,
} from "@/lib/redis/playground/rules";
import type { SearchMode } from "@/lib/redis/recall/rules";

const MODES: Record<SearchMode, string> = {
  hybrid: "both, their ranks joined",
  vector: "meaning",
  text: "words",
};
const LIVES: Record<(typeof SESSION_LIVES)[number], string> = { 3600: "1 hour", 86400: "24 hours" };

export type SettingsCardProps = {
  settings: PlaygroundSettings;
  onChange: (changes: Partial<PlaygroundSettings>) => void;
};

/** How the assistant is set: each holds from the next message on. */
export function SettingsCard({ settings, onChange }: SettingsCardProps) {
  return (
    <Card aria-labelledby="playground-settings">
      <CardHeader id="playground-settings" title="Settings" icon={<SlidersHorizontal aria-hidden />} />
      <CardBody className="grid grid-cols-2 gap-3">
        <Field label="Recall by">
          <Select
            value={settings.mode}
            onChange={(event) => onChange({ mode: event.target.value as SearchMode })}
          >
            {Object.entries(MODES).map(([mode, word]) => (
              <option key={mode} value={mode}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
        <NumberField
          label="Memories (K)"
          value={settings.k}
          min={1}
          max={K_MAX}
          onChange={(k) => onChange({ k })}
        />
        <NumberField
          label="History in the prompt"
          value={settings.history}
          min={0}
          max={HISTORY_MAX}
          onChange={(history) => onChange({ history })}
        />
        <NumberField
          label="Session keeps"
          value={settings.keep}
          min={1}
          max={KEEP_MAX}
          onChange={(keep) => onChange({ keep })}
        />
        <Field label="Session lives" className="col-span-2">
          <Select
            value={settings.lifeSeconds}
            onChange={(event) =>
              onChange({ lifeSeconds: Number(event.target.value) as PlaygroundSettings["lifeSeconds"] })
            }
          >
            {SESSION_LIVES.map((seconds) => (
              <option key={seconds} value={seconds}>
                {LIVES[seconds]} from the last message
              </option>
            ))}
          </Select>
        </Field>
      </CardBody>
    </Card>
  );
}

type NumberFieldProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
};

/** Only numbers in range are taken; while one is typed the last good one holds. */
function NumberField({ label, value, min, max, onChange }: NumberFieldProps) {
  return (
    <Field label={label}>
      <Input
        key={value}
        type="number"
        min={min}
        max={max}
        defaultValue={value}
        onBlur={(event) => take(event.target)}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(event.currentTarget);
        }}
      />
    </Field>
  );

  function take(input: HTMLInputElement) {
    const typed = Math.round(Number(input.value));
    const next = input.value === "" || !Number.isFinite(typed) ? value : Math.min(max, Math.max(min, typed));
    input.value = String(next);
    if (next !== value) onChange(next);
  }
}
