"use client";

import { type FormEvent, useState } from "react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input, Textarea } from "@/components/ui/input";
import { IMPORT_CHARS, IMPORT_LINES } from "@/lib/redis/evaluation/rules";
import { useImportQuestions } from "./mutations";
import { countQuestions } from "./words";

export type ImportDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; set: string };

/** Questions as JSON Lines, from a file or pasted. */
export function ImportDialog({ open, onOpenChange, set }: ImportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Import questions"
      description={`JSON Lines, at most ${IMPORT_LINES} at once. All of them are taken, or none.`}
    >
      <ImportForm set={set} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

const EXAMPLE = '{"user":"alice","query":"which nuts","expect":["personal:001"]}';

function ImportForm({ set, onDone }: { set: string; onDone: () => void }) {
  const [lines, setLines] = useState("");
  const take = useImportQuestions(set);
  async function choose(file: File | undefined) {
    if (file) setLines((await file.text()).slice(0, IMPORT_CHARS + 1));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (lines.trim() !== "") take.mutate(lines);
  }
  if (take.data) {
    const { added, known } = take.data;
    return (
      <div className="flex flex-col gap-4">
        <Callout tone="ok" title={`${countQuestions(added)} added`}>
          {known > 0 ? `${countQuestions(known)} stood in the set already, or twice in the lines.` : null}
        </Callout>
        <div className="flex justify-end">
          <Button variant="primary" onClick={onDone}>
            Close
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="File">
        <Input
          type="file"
          accept=".jsonl,.ndjson,.txt,application/x-ndjson"
          className="py-1"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </Field>
      <Field label="Lines" hint="user and expect as pages show them: expect is category:number.">
        <Textarea
          data-autofocus
          rows={8}
          spellCheck={false}
          placeholder={EXAMPLE}
          value={lines}
          onChange={(event) => setLines(event.target.value)}
          className="font-mono text-xs"
        />
      </Field>
      <Failure error={take.error} />
      <FormActions
        onCancel={onDone}
        submitLabel="Import"
        pending={take.isPending}
        disabled={lines.trim() === ""}
      />
    </form>
  );
}
