"use client";

import { useState } from "react";
import { serverNow, useClock } from "@/components/ui/clock";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { formatDateTime } from "@/lib/format";
import { secondsProblem, timeProblem } from "./life-rules";

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

export type Life = { expireSeconds: number } | { expireAtMs: number };

export type LifeDialogProps = { onClose: () => void; onLife: (life: Life, words: string) => Promise<void> };

/** Any life: so long from now, or until a time. */
export function LifeDialog({ onClose, onLife }: LifeDialogProps) {
  const [how, setHow] = useState<"in" | "at">("in");
  const [amount, setAmount] = useState("7");
  const [unit, setUnit] = useState<Unit>("days");
  const [when, setWhen] = useState("");
  const seconds = /^[1-9]\d{0,8}$/.test(amount) ? Number(amount) * UNITS[unit] : Number.NaN;
  const atMs = new Date(when).getTime();
  const problemAt = (nowMs: number) => (how === "in" ? secondsProblem(seconds) : timeProblem(atMs, nowMs));
  const problem = useClock(problemAt);

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="When shall it expire?"
      body={
        <div className="flex flex-col gap-3">
          <Field label="Counted">
            <Select value={how} onChange={(event) => setHow(event.target.value as "in" | "at")}>
              <option value="in">from now</option>
              <option value="at">until a day and a time</option>
            </Select>
          </Field>
          {how === "in" ? (
            <div className="flex items-start gap-2">
              <Field label="How many" error={problem || undefined} className="flex-1">
                <Input
                  inputMode="numeric"
                  value={amount}
                  onChange={(event) => setAmount(event.target.value.trim())}
                />
              </Field>
              <Field label="Of what" className="flex-1">
                <Select value={unit} onChange={(event) => setUnit(event.target.value as Unit)}>
                  {Object.keys(UNITS).map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
              </Field>
            </div>
          ) : (
            // Nothing is wrong with a field that nobody has filled in yet.
            <Field label="Day and time, where you are" error={when === "" ? undefined : problem || undefined}>
              <Input type="datetime-local" value={when} onChange={(event) => setWhen(event.target.value)} />
            </Field>
          )}
          <p>Then Redis removes the conversation by itself. This life replaces the one it has now.</p>
        </div>
      }
      confirmLabel="Set this life"
      onConfirm={async () => {
        const broken = problemAt(serverNow());
        if (broken) throw new Error(broken);
        if (how === "at") {
          return onLife({ expireAtMs: atMs }, `The session expires ${formatDateTime(atMs, "local")}`);
        }
        return onLife({ expireSeconds: seconds }, `The session expires in ${amount} ${unit}`);
      }}
    />
  );
}
