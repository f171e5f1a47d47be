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
import { ChangedMeanwhile, useSeenSetting } from "./changed-meanwhile";
import { LimitField, ReasonField } from "./form-fields";
import {
  useClearDefaultLimit,
  useClearLimitOverride,
  useSetDefaultLimit,
  useSetLimitOverride,
} from "./mutations";
import {
  draftOf,
  type EndChoice,
  endChoices,
  limitError,
  reasonError,
  refusedBy,
  untilOf,
} from "./set-limit-input";

export type SetLimitFormProps = {
  userRef: string;
  window: WindowState;
  masked: boolean;
  onDone: () => void;
  onBeginAgain: () => void;
};

export function SetLimitForm({ userRef, window, masked, onDone, onBeginAgain }: SetLimitFormProps) {
  const nowMs = useNow();
  const [scope, setScope] = useState<"person" | "everyone">("person");
  const [draft, setDraft] = useState(() => draftOf(window, masked));
  const [keptUntilMs] = useState(window.override?.untilMs ?? null);
  const [date, setDate] = useState("");
  const [tried, setTried] = useState(false);
  const setOverride = useSetLimitOverride(userRef);
  const clearOverride = useClearLimitOverride(userRef);
  const setDefault = useSetDefaultLimit();
  const clearDefault = useClearDefaultLimit();
  const all = [setOverride, clearOverride, setDefault, clearDefault];
  const pending = all.some((mutation) => mutation.isPending);
  const busy = pending || all.some((mutation) => mutation.isSuccess);
  const ofPerson = useSeenSetting(window.override, busy);
  const ofEveryone = useSeenSetting(window.defaultSetBy, busy);

  const person = scope === "person";
  const { seenSetAtMs, changed } = person ? ofPerson : ofEveryone;
  const limit = person ? draft.own : draft.everyones;
  const badLimit = limitError(limit);
  const until = untilOf(draft.end, date, nowMs, keptUntilMs);
  const canClear = person ? window.override !== null : window.defaultSetBy !== null;
  const failure = (person ? [setOverride, clearOverride] : [setDefault, clearDefault]).find(
    (mutation) => mutation.error,
  )?.error;
  const refusedReason = refusedBy(failure, "reason");
  const untilError = until.error ?? refusedBy(failure, "untilMs");
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));

  function done(text: string) {
    toast.success(text);
    onDone();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (badLimit || pending || changed) return;
    const setting = { window: window.name, limit: Number(limit), seenSetAtMs };
    if (!person) {
      setDefault.mutate(setting, {
        onSuccess: () => done(`${formatCount(setting.limit)} requests per ${window.name} for everyone`),
      });
      return;
    }
    if (until.error || reasonError(draft.reason)) return;
    setOverride.mutate(
      { ...setting, untilMs: until.untilMs, reason: draft.reason.trim() },
      { onSuccess: () => done(`${formatCount(setting.limit)} requests per ${window.name} for this person`) },
    );
  }

  function clear() {
    const mutation = person ? clearOverride : clearDefault;
    mutation.mutate(
      { window: window.name, seenSetAtMs },
      { onSuccess: () => done(`Back to the ${person ? "" : "built-in "}default`) },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {changed ? (
        <ChangedMeanwhile
          setting={person ? window.override : window.defaultSetBy}
          otherwise={window.defaultLimit}
          onBeginAgain={onBeginAgain}
        />
      ) : null}
      <Field label="For whom">
        <Select value={scope} onChange={(event) => setScope(event.target.value as typeof scope)}>
          <option value="person">This person only</option>
          <option value="everyone">Everyone without a limit of their own</option>
        </Select>
      </Field>
      <LimitField
        windowName={window.name}
        hint={`The default is ${formatCount(window.defaultLimit)}.${person ? "" : " Another one holds from the next request on."}`}
        value={limit}
        onChange={(text) => change(person ? { own: text } : { everyones: text })}
        tried={tried}
      />
      {person ? (
        <>
          <Field label="How long" error={tried && draft.end !== "date" ? untilError : null}>
            <Select value={draft.end} onChange={(event) => change({ end: event.target.value as EndChoice })}>
              {endChoices(keptUntilMs).map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          </Field>
          {draft.end === "date" ? (
            <Field label="Until" hint="In your local time." error={tried ? untilError : null}>
              <Input type="datetime-local" value={date} onChange={(event) => setDate(event.target.value)} />
            </Field>
          ) : null}
          <ReasonField
            value={draft.reason}
            onChange={(reason) => change({ reason })}
            tried={tried}
            refused={refusedReason}
          />
        </>
      ) : null}
      {failure && !refusedReason && !refusedBy(failure, "untilMs") ? (
        <Callout tone="danger" title={title(failure)}>
          {describeError(failure).message} {describeError(failure).hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onDone}
        submitLabel={person ? "Set for this person" : "Set for everyone"}
        pending={pending}
        disabled={changed}
      >
        {canClear ? (
          <Button variant="ghost" className="mr-auto" onClick={clear} disabled={pending || changed}>
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
