"use client";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

const HOUR_S = 3_600;
const CHOICES = [
  { value: "hour", label: "in 1 hour", seconds: HOUR_S },
  { value: "day", label: "in 24 hours", seconds: 24 * HOUR_S },
  { value: "month", label: "in 30 days", seconds: 30 * 24 * HOUR_S },
] as const;

export type LifeChoice = {
  how: (typeof CHOICES)[number]["value"] | "custom" | "at" | "never";
  /** Whole days, as typed. */
  days: string;
  /** As a datetime-local field has it. */
  when: string;
};

export const FIRST_CHOICE: LifeChoice = { how: "day", days: "7", when: "" };
const TEN_YEARS_DAYS = 3_650;

/** What the choice means: seconds from now, a time, no end; or the rule that it breaks. */
export function lifeOf(
  { how, days, when }: LifeChoice,
  nowMs: number,
): { expireSeconds: number } | { expireAtMs: number } | { never: true } | { problem: string } {
  if (how === "never") return { never: true };
  if (how === "at") {
    const atMs = when === "" ? Number.NaN : new Date(when).getTime();
    if (Number.isNaN(atMs)) return { problem: "Choose a day and a time." };
    return atMs > nowMs + 1_000 ? { expireAtMs: atMs } : { problem: "Choose a time to come." };
  }
  if (how === "custom") {
    const whole = /^[1-9]\d{0,4}$/.test(days.trim()) ? Number(days) : null;
    if (whole === null) return { problem: "Type a whole number of days." };
    return whole <= TEN_YEARS_DAYS
      ? { expireSeconds: whole * 24 * HOUR_S }
      : { problem: "Ten years is the longest." };
  }
  return { expireSeconds: CHOICES.find(({ value }) => value === how)!.seconds };
}

export type LifeFieldsProps = {
  value: LifeChoice;
  onChange: (choice: LifeChoice) => void;
  problem: string | undefined;
};

export function LifeFields({ value, onChange, problem }: LifeFieldsProps) {
  const { how, days, when } = value;
  return (
    <div className="flex flex-col gap-3">
      <Field label="It ends">
        <Select
          value={how}
          onChange={(event) => onChange({ ...value, how: event.target.value as LifeChoice["how"] })}
        >
          {CHOICES.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
          <option value="custom">in some days</option>
          <option value="at">at a time</option>
          <option value="never">never: take its end away</option>
        </Select>
      </Field>
      {how === "custom" ? (
        <Field label="Days from now" error={problem}>
          <Input
            inputMode="numeric"
            value={days}
            onChange={(event) => onChange({ ...value, days: event.target.value })}
          />
        </Field>
      ) : how === "at" ? (
        <Field label="Day and time, where you are" error={when === "" ? undefined : problem}>
          <Input
            type="datetime-local"
            value={when}
            onChange={(event) => onChange({ ...value, when: event.target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
