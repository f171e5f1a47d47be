"use client";

import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Failure } from "@/components/query/failure";
import { IconButton } from "@/components/ui/button";
import { CodeBlock, Mono } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { commandLine } from "@/lib/redis/indexes/command-text";
import { NAME_PATTERN } from "@/lib/redis/indexes/rules";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { useRemoveAlias, useSetAlias } from "./mutations";

export type AliasDialogProps = { index: IndexDto; state: IndexesState; onClose: () => void };

/** Names that lead to this index: turned here in one step from wherever they lead. */
export function AliasDialog({ index, state, onClose }: AliasDialogProps) {
  const [alias, setAlias] = useState("");
  const turn = useSetAlias();
  const remove = useRemoveAlias();
  const from = state.indexes.find(({ uses }) => uses.aliases.includes(alias))?.name ?? null;
  const isName = state.indexes.some(({ name }) => name === alias);
  const problem =
    alias === "" || NAME_PATTERN.test(alias)
      ? isName
        ? "That is an index's own name."
        : undefined
      : "Must be printable ASCII without spaces.";
  const error = turn.error ?? remove.error;
  const elsewhere = [
    ...new Set(state.indexes.flatMap(({ name, uses }) => (name === index.name ? [] : uses.aliases))),
  ];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (alias === "" || problem) return;
    turn.mutate({ alias, to: index.name, from }, { onSuccess: () => setAlias("") });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Aliases of ${index.name}`}
      description="An assistant that searches by an alias goes on without a pause when it is turned to another index."
      footer={
        <FormActions
          form="set-alias"
          onCancel={onClose}
          cancelLabel="Close"
          submitLabel={from === null ? "Make the alias" : "Turn it here"}
          pending={turn.isPending}
          disabled={alias === "" || Boolean(problem)}
        />
      }
    >
      <div className="flex flex-col gap-4">
        {index.uses.aliases.length > 0 ? (
          <ul className="flex flex-col gap-1">
            {index.uses.aliases.map((one) => (
              <li key={one} className="flex items-center gap-2 text-sm">
                <Mono className="flex-1">{one}</Mono>
                <IconButton
                  label={`Take the alias ${one} away: searches by it then fail`}
                  size="sm"
                  pending={remove.isPending}
                  onClick={() => remove.mutate({ alias: one, from: index.name })}
                >
                  <Trash2 />
                </IconButton>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-fg-muted">No alias of it is known.</p>
        )}
        <form id="set-alias" onSubmit={submit} className="flex flex-col gap-3" noValidate>
          <Field
            label="Alias"
            error={problem}
            hint={
              from === null || from === index.name
                ? elsewhere.length > 0
                  ? `Known elsewhere: ${elsewhere.join(", ")}.`
                  : undefined
                : `Leads to ${from} now.`
            }
          >
            <Input
              value={alias}
              onChange={(event) => setAlias(event.target.value)}
              className="font-mono"
              spellCheck={false}
              autoComplete="off"
            />
          </Field>
          {alias !== "" && !problem ? (
            <CodeBlock label="What will be sent" text={commandLine(["FT.ALIASUPDATE", alias, index.name])} />
          ) : null}
        </form>
        <Failure error={error} />
      </div>
    </Dialog>
  );
}
