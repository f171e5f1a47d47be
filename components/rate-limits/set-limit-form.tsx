"use client";

import { type FormEvent, useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useNow } from "@/components/ui/clock";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input, Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { LimitField, ReasonField } from "./form-fields";
import {
  useClearDefaultLimit,
  useClearLimitOverride,
  useSetDefaultLimit,
  useSetLimitOverride,
} from "./mutations";
import { END_CHOICES, type EndChoice, limitError, reasonError, untilOf } from "./set-limit-input";

export type SetLimitFormProps = { userRef: string; window: WindowState; onDone: () => void };

export function SetLimitForm({ userRef, window, onDone }: SetLimitFormProps) {
  const nowMs = useNow();
  const [scope, setScope] = useState<"person" | "everyone">("person");
  const [limit, setLimit] = useState(String(window.limit));
  const [end, setEnd] = useState<EndChoice>("never");
  const [date, setDate] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const setOverride = useSetLimitOverride(userRef);
  const clearOverride = useClearLimitOverride(userRef);
  const setDefault = useSetDefaultLimit();
  const clearDefault = useClearDefaultLimit();
  const all = [setOverride, clearOverride, setDefault, clearDefault];
  const pending = all.some((mutation) => mutation.isPending);
  const failure = all.find((mutation) => mutation.error)?.error;

  const badLimit = limitError(limit);
  const until = untilOf(end, date, nowMs);
  const person = scope === "person";
  const canClear = person ? window.override !== null : window.defaultSetBy !== null;

  function done(text: string) {
    toast.success(text);
    onDone();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (badLimit || pending) return;
    const value = Number(limit);
    if (!person) {
      setDefault.mutate(
        { window: window.name, limit: value },
        { onSuccess: () => done(`${formatCount(value)} requests per ${window.name} for everyone`) },
      );
      return;
    }
    if (until.error || reasonError(reason)) return;
    setOverride.mutate(
      { window: window.name, limit: value, untilMs: until.untilMs, reason: reason.trim() },
      { onSuccess: () => done(`${formatCount(value)} requests per ${window.name} for this person`) },
    );
  }

  function clear() {
    const mutation = person ? clearOverride : clearDefault;
    mutation.mutate(window.name, {
      onSuccess: () => done(`Back to the ${person ? "" : "built-in "}default`),
    });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label="For whom">
        <Select value={scope} onChange={(event) => setScope(event.target.value as typeof scope)}>
          <option value="person">This person only</option>
          <option value="everyone">Everyone without a limit of their own</option>
        </Select>
      </Field>
      <LimitField
        windowName={window.name}
        hint={
          person ? `The default is ${formatCount(window.defaultLimit)}.` : "Holds from the next request on."
        }
        value={limit}
        onChange={setLimit}
        tried={tried}
      />
      {person ? (
        <>
          <Field label="How long">
            <Select value={end} onChange={(event) => setEnd(event.target.value as EndChoice)}>
              {END_CHOICES.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          </Field>
          {end === "date" ? (
            <Field label="Until" hint="In your local time." error={tried ? until.error : null}>
              <Input type="datetime-local" value={date} onChange={(event) => setDate(event.target.value)} />
            </Field>
          ) : null}
          <ReasonField value={reason} onChange={setReason} tried={tried} />
        </>
      ) : null}
      {failure ? (
        <Callout tone="danger" title={title(failure)}>
          {describeError(failure).message} {describeError(failure).hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onDone}
        submitLabel={person ? "Set for this person" : "Set for everyone"}
        pending={pending}
      >
        {canClear ? (
          <Button variant="ghost" className="mr-auto" onClick={clear} disabled={pending}>
            {person
              ? `Back to the default of ${formatCount(window.defaultLimit)}`
              : "Back to the built-in one"}
          </Button>
        ) : null}
      </FormActions>
    </form>
  );
}

function title(error: unknown): string {
  const unknown = error instanceof ConsoleError && error.code === "outcome_unknown";
  return unknown ? "It may or may not have been set" : "It was not set";
}
