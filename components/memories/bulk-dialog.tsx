"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { BulkInput } from "@/lib/redis/memories/change-schema";
import { categoryProblem, USUAL_CATEGORIES } from "@/lib/redis/memories/rules";
import type { BulkChange, BulkPreview } from "@/lib/redis/memories/types";
import { ActionError } from "./action-error";
import { BulkExamples } from "./bulk-examples";
import type { AddressFilters } from "./filters";
import { FIRST_CHOICE, LifeFields, lifeOf } from "./life-fields";
import { ImportanceField } from "./memory-fields";
import { useStartBulk } from "./mutations";
import { bulkPreviewQuery } from "./queries";
import { useMoved } from "./use-moved";
import type { Chosen } from "./use-selection";

export type BulkDialogProps = {
  userRef: string;
  what: BulkChange["what"];
  chosen: Chosen;
  filters: AddressFilters;
  categories: string[];
  onClose: () => void;
  onStarted: () => void;
};

const TITLE = {
  importance: "Give them one importance",
  category: "Move them to one category",
  life: "Give them a life",
  delete: "Delete them?",
} as const;

/** Above this the number is typed before they are deleted. */
const TYPED_FROM = 20;

/** One change of many: chosen, looked at, begun. How far it is shows on the page. */
export function BulkDialog(props: BulkDialogProps) {
  const start = useStartBulk(props.userRef);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open || start.isPending ? undefined : props.onClose())}
      title={TITLE[props.what]}
      size="md"
    >
      <BulkForm {...props} start={start} />
    </Dialog>
  );
}

function BulkForm(props: BulkDialogProps & { start: ReturnType<typeof useStartBulk> }) {
  const { userRef, what, chosen, filters, categories, start, onClose, onStarted } = props;
  const [importance, setImportance] = useState(5);
  const [category, setCategory] = useState("");
  const [life, setLife] = useState(FIRST_CHOICE);
  const [typed, setTyped] = useState("");
  const [openedAtMs] = useState(() => Date.now());
  const listId = useId();
  const end = lifeOf(life, openedAtMs);
  const change = useRested(changeOf(what, importance, category, end, openedAtMs));
  const scope = scopeOf(chosen, filters);
  const input = change && { scope, change };
  const preview = useQuery({
    ...bulkPreviewQuery(userRef, input ?? { scope, change: { what: "delete" } }),
    enabled: input !== null,
  });
  const data = input && !preview.isPlaceholderData ? preview.data : undefined;
  const moved = useMoved(JSON.stringify(input), data?.changes);
  const needsNumber = what === "delete" && (data?.changes ?? 0) > TYPED_FROM;
  const ready =
    data !== undefined &&
    data.changes > 0 &&
    data.refusal === null &&
    (!needsNumber || typed.replace(/\D/g, "") === String(data.changes));

  function begin(event: FormEvent) {
    event.preventDefault();
    if (!ready || !input || start.isPending) return;
    start.mutate(input, {
      onSuccess: ({ started }) => {
        if (!started) {
          toast.warning("Another change of many is going on", {
            description: "Begin this one when it has ended.",
          });
          return;
        }
        onStarted();
        onClose();
      },
    });
  }

  return (
    <form onSubmit={begin} className="flex flex-col gap-4">
      {what === "importance" ? (
        <ImportanceField value={importance} onChange={setImportance} />
      ) : what === "category" ? (
        <>
          <Field
            label="New category"
            hint="They get its next free numbers. Text, fields and lives stay."
            error={
              category !== "" && categoryProblem(category)
                ? `The category ${categoryProblem(category)}.`
                : undefined
            }
          >
            <Input
              data-autofocus
              value={category}
              onChange={(event) => setCategory(event.target.value)}
              list={listId}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          </Field>
          <datalist id={listId}>
            {[...new Set([...categories, ...USUAL_CATEGORIES])].map((known) => (
              <option key={known} value={known} />
            ))}
          </datalist>
        </>
      ) : what === "life" ? (
        <LifeFields value={life} onChange={setLife} problem={"problem" in end ? end.problem : undefined} />
      ) : null}
      {input ? (
        <QueryState
          query={preview}
          skeleton={<Skeleton className="h-40 w-full" />}
          errorTitle="It could not be looked at"
        >
          {(seen) => <Preview preview={seen} what={what} faded={preview.isPlaceholderData} />}
        </QueryState>
      ) : null}
      <p aria-live="polite" className="text-sm text-warn-fg empty:hidden">
        {moved}
      </p>
      {needsNumber ? (
        <Field label={`Type ${data?.changes} to confirm`}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            inputMode="numeric"
            autoComplete="off"
            className="font-mono"
          />
        </Field>
      ) : null}
      <ActionError error={start.error} title="It was not begun" />
      <FormActions
        onCancel={onClose}
        focusCancel={what !== "category"}
        submitLabel={
          <>
            {what === "delete" ? "Delete" : "Change"}
            {data ? ` ${formatCount(data.changes)} ${data.changes === 1 ? "memory" : "memories"}` : ""}
          </>
        }
        danger={what === "delete"}
        disabled={!ready}
        pending={start.isPending}
      />
    </form>
  );
}

function Preview({
  preview,
  what,
  faded,
}: {
  preview: BulkPreview;
  what: BulkChange["what"];
  faded: boolean;
}) {
  const { count, changes, refusal } = preview;
  return (
    <div className={faded ? "opacity-60" : undefined}>
      <p aria-live="polite" className="mb-2 text-sm text-fg-muted">
        {formatCount(count)} {count === 1 ? "memory is" : "memories are"} meant
        {changes < count ? `, ${formatCount(count - changes)} of them as they should be already` : ""}.
        {what === "delete" ? " Deleting many cannot be undone." : ""}
      </p>
      {refusal ? (
        <Callout tone="warn" title="This store cannot do it" className="mb-2">
          {refusal}
        </Callout>
      ) : null}
      <BulkExamples preview={preview} />
    </div>
  );
}

type End = ReturnType<typeof lifeOf>;

function changeOf(
  what: BulkChange["what"],
  importance: number,
  category: string,
  end: End,
  nowMs: number,
): BulkInput["change"] | null {
  if (what === "importance") return { what, importance };
  if (what === "category") return categoryProblem(category) === null ? { what, category } : null;
  if (what === "delete") return { what };
  if ("problem" in end) return null;
  if ("never" in end) return { what, expireAtMs: null };
  return { what, expireAtMs: "expireAtMs" in end ? end.expireAtMs : nowMs + end.expireSeconds * 1_000 };
}

function scopeOf(chosen: Chosen, filters: AddressFilters): BulkInput["scope"] {
  if (chosen.kind === "some") return { memories: [...chosen.refs] };
  const { sort: _sort, ...filter } = filters;
  return { filter: filter as Extract<BulkInput["scope"], { filter: unknown }>["filter"] };
}

const PAUSE_MS = 250;

/** What stood still for a moment: a slider passes many values. */
function useRested<T>(value: T): T {
  const text = JSON.stringify(value);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.parse(rested) as T;
}
