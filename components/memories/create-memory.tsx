"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast-store";
import { categoryProblem, contentProblem, USUAL_CATEGORIES } from "@/lib/redis/memories/rules";
import { ActionError } from "./action-error";
import { EmbeddingNote, WithoutEmbedding } from "./embedding-note";
import { ContentField, ImportanceField } from "./memory-fields";
import { useCreateMemory } from "./mutations";
import { termsQuery } from "./queries";

export type CreateMemoryProps = {
  userRef: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Those the person has; the usual ones are offered too. */
  categories: string[];
  onOpenMemory: (memory: string) => void;
};

export function CreateMemory(props: CreateMemoryProps) {
  const create = useCreateMemory(props.userRef);
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);

  function leave() {
    setTyped(false);
    props.onOpenChange(false);
  }
  function close() {
    // While it is under way there is nothing to cancel.
    if (create.isPending) return;
    if (typed) setAsking(true);
    else leave();
  }

  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => (open ? props.onOpenChange(true) : close())}
      title="New memory"
      description="Written as the assistant writes them: the text, its importance, the time now and an embedding."
    >
      <CreateForm {...props} create={create} onTyped={setTyped} onCancel={close} onDone={leave} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Leave without saving?"
        body="The new memory is not written."
        confirmLabel="Leave without saving"
        cancelLabel="Go on writing"
        onConfirm={leave}
      />
    </Dialog>
  );
}

type CreateFormProps = Omit<CreateMemoryProps, "open" | "onOpenChange"> & {
  create: ReturnType<typeof useCreateMemory>;
  onTyped: (typed: boolean) => void;
  onCancel: () => void;
  onDone: () => void;
};

/** Lives only while the dialog is open, so that it begins empty. */
function CreateForm(props: CreateFormProps) {
  const { userRef, categories, create, onOpenMemory, onTyped, onCancel, onDone } = props;
  const terms = useQuery(termsQuery(userRef));
  const [category, setCategory] = useState(categories[0] ?? USUAL_CATEGORIES[0]);
  const [content, setContent] = useState("");
  const [importance, setImportance] = useState(5);
  const [withoutEmbedding, setWithoutEmbedding] = useState(false);
  const [judged, setJudged] = useState(false);
  const list = useId();
  const categoryRule = categoryProblem(category);
  const mismatch = terms.data?.fits === false;
  const failed = create.error instanceof ConsoleError && create.error.code === "embedding_failed";

  async function save(event: FormEvent) {
    event.preventDefault();
    setJudged(true);
    if (create.isPending || categoryRule || contentProblem(content) || (mismatch && !withoutEmbedding))
      return;
    const embeddingPolicy = withoutEmbedding ? "drop" : "embed";
    create.mutate(
      { category, content, importance, embeddingPolicy },
      {
        onSuccess: (made) => {
          onDone();
          toast.success(`Memory ${made.category} ${made.number} is written`, {
            description: made.embedded ? undefined : "Without an embedding: found by words only.",
            action: { label: "Open", onClick: () => onOpenMemory(made.ref) },
          });
        },
      },
    );
  }

  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Field
        label="Category"
        error={categoryRule && judged ? `The category ${categoryRule}.` : undefined}
        hint="A word of the key: user:…:category:number."
      >
        <Input
          value={category}
          onChange={(event) => setCategory(event.target.value)}
          list={list}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      <datalist id={list}>
        {[...new Set([...categories, ...USUAL_CATEGORIES])].map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <ContentField
        value={content}
        onChange={(text) => {
          setContent(text);
          onTyped(text.trim() !== "");
        }}
        judged={judged}
      />
      <ImportanceField value={importance} onChange={setImportance} />
      <EmbeddingNote
        terms={terms.data}
        embeds
        hasOld={false}
        text={content}
        withoutEmbedding={withoutEmbedding}
        onWithoutEmbedding={setWithoutEmbedding}
      />
      <ActionError error={create.error} title="It was not written: what you typed is still here" />
      {failed ? (
        <WithoutEmbedding hasOld={false} value={withoutEmbedding} onChange={setWithoutEmbedding} />
      ) : null}
      <FormActions
        onCancel={onCancel}
        submitLabel="Write memory"
        pending={create.isPending}
        disabled={mismatch && !withoutEmbedding}
      />
    </form>
  );
}
