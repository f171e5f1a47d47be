"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { FormActions } from "@/components/ui/form-actions";
import { Checkbox } from "@/components/ui/input";
import { toast } from "@/components/ui/toast-store";
import { contentProblem } from "@/lib/redis/memories/rules";
import type { MemoryDetail, UpdatedMemory } from "@/lib/redis/memories/types";
import { ActionError } from "./action-error";
import { ChangedMeanwhile } from "./changed-meanwhile";
import { changesImportance, changesText, type Draft, draftOf, rebased, textBefore } from "./draft";
import { EmbeddingNote, WithoutEmbedding } from "./embedding-note";
import { ContentField, ImportanceField } from "./memory-fields";
import { useUpdateMemory } from "./mutations";
import { termsQuery } from "./queries";
import { TextDiff } from "./text-diff";

export type EditMemoryProps = {
  userRef: string;
  /** As it was when editing began: the save is refused if it is another one by then. */
  memory: MemoryDetail;
  /** What is there now, when that is another version. */
  theirs: MemoryDetail | null;
  /** Editing goes on from what is there now. */
  onRebase: (memory: MemoryDetail) => void;
  onDone: () => void;
  onCancel: () => void;
  onDirty: (dirty: boolean) => void;
};

export function EditMemory({
  userRef,
  memory,
  theirs,
  onRebase,
  onDone,
  onCancel,
  onDirty,
}: EditMemoryProps) {
  const terms = useQuery(termsQuery(userRef));
  const update = useUpdateMemory(userRef);
  const [draft, setDraft] = useState(() => draftOf(memory));
  const [again, setAgain] = useState(false);
  const [withoutEmbedding, setWithoutEmbedding] = useState(false);

  const { content, importance } = draft;
  const before = textBefore(memory, draft);
  // Its own save is read before it is known here that it is done.
  const meanwhile = update.isPending ? null : theirs;
  const textChanged = changesText(memory, draft);
  const importanceChanged = changesImportance(memory, draft);
  const embeds = textChanged || again;
  // A model that does not answer must not hold the text back: it can be saved without a vector.
  const failed =
    textChanged && update.error instanceof ConsoleError && update.error.code === "embedding_failed";

  const offersAgain =
    before !== null && !textChanged && terms.data?.fits === true && wantsEmbedding(memory, terms.data.model);
  const broken = textChanged && contentProblem(content) !== null;
  const dirty = textChanged || importanceChanged || again;
  const misfit = textChanged && terms.data?.fits === false;
  const blocked = !dirty || broken || meanwhile !== null || (misfit && !withoutEmbedding);

  function change(next: Draft, from: MemoryDetail = memory) {
    setDraft(next);
    onDirty(changesText(from, next) || changesImportance(from, next) || again);
  }

  function goOnFrom(now: MemoryDetail, next: Draft) {
    update.reset();
    onRebase(now);
    change(next, now);
  }

  function save(event: FormEvent) {
    event.preventDefault();
    if (blocked || update.isPending || memory.version === null) return;
    update.mutate(
      {
        memory: memory.ref,
        version: memory.version,
        ...(textChanged ? { content } : {}),
        ...(importanceChanged ? { importance } : {}),
        embeddingPolicy: textChanged && withoutEmbedding ? "drop" : "embed",
        embedAgain: again && !textChanged,
      },
      {
        onSuccess: (saved) => {
          toast.success(saved.changed.length > 0 ? "The memory is saved" : "Nothing was different", {
            description: vectorWords(saved),
          });
          onDirty(false);
          onDone();
        },
      },
    );
  }

  return (
    <form id="edit-memory" onSubmit={save} className="flex flex-col gap-4">
      {meanwhile ? (
        <ChangedMeanwhile
          from={memory}
          to={meanwhile}
          onKeepMine={() => goOnFrom(meanwhile, rebased(draft, memory, meanwhile))}
          onTakeTheirs={() => goOnFrom(meanwhile, draftOf(meanwhile))}
        />
      ) : null}
      {before === null ? (
        <Callout
          tone="info"
          title="This text cannot be edited here"
          action={
            <Button size="sm" onClick={() => setDraft({ ...draft, replacing: true })}>
              Write another
            </Button>
          }
        >
          {memory.contentIsText ? "It is longer than 8,000 characters." : "Its bytes are no valid UTF-8."} Its
          importance can, and another text can take its place.
        </Callout>
      ) : (
        <ContentField
          label="Text"
          value={content}
          onChange={(text) => change({ ...draft, content: text })}
          judged={textChanged}
        />
      )}
      <ImportanceField value={importance} onChange={(value) => change({ ...draft, importance: value })} />
      {memory.importance.problem ? (
        <p className="text-xs text-warn-fg">
          {memory.importance.problem} Saving writes the number chosen here.
        </p>
      ) : null}
      {offersAgain ? (
        <Checkbox
          label="Embed the text again"
          hint="Its embedding is missing, of another length, or not known to be from this model."
          checked={again}
          onChange={(event) => {
            setAgain(event.target.checked);
            onDirty(event.target.checked || importanceChanged);
          }}
        />
      ) : null}
      {textChanged ? (
        <section aria-label="What changes">
          <h3 className="mb-1 text-xs font-medium text-fg-muted">What changes</h3>
          <TextDiff before={before ?? ""} after={content} />
        </section>
      ) : null}
      <EmbeddingNote
        terms={terms.data}
        embeds={embeds}
        hasOld={memory.embedding.present}
        text={content}
        withoutEmbedding={withoutEmbedding}
        onWithoutEmbedding={setWithoutEmbedding}
      />
      <p className="text-xs text-fg-muted">
        The timestamp, other fields and the key's life stay as they are.
      </p>
      <ActionError error={update.error} title="It was not saved: what you typed is still here" />
      {failed ? (
        <WithoutEmbedding
          hasOld={memory.embedding.present}
          value={withoutEmbedding}
          onChange={setWithoutEmbedding}
        />
      ) : null}
      <FormActions onCancel={onCancel} submitLabel="Save" disabled={blocked} pending={update.isPending} />
    </form>
  );
}

function vectorWords({ embedded, otherVectors: { remade, taken } }: UpdatedMemory): string | undefined {
  const words = [
    embedded ? "Its embedding was made again." : "",
    remade > 0 ? `${remade} of other models too.` : "",
    taken > 0 ? `${taken} of models that are not configured here went: they belonged to the old text.` : "",
  ];
  return words.filter(Boolean).join(" ") || undefined;
}

function wantsEmbedding(memory: MemoryDetail, model: string): boolean {
  const { embedding, index } = memory;
  if (!embedding.present || embedding.model !== model) return true;
  return index.dimensions !== null && embedding.dimensions !== index.dimensions;
}
