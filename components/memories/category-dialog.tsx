"use client";

import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast-store";
import { categoryProblem, USUAL_CATEGORIES } from "@/lib/redis/memories/rules";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { useMoveMemory } from "./mutations";

export type CategoryDialogProps = {
  userRef: string;
  memory: MemoryDetail;
  onClose: () => void;
  /** It is another memory by its address now. */
  onMoved: (memory: string) => void;
  /** While it is true the memory is not looked at under its old name. */
  onLeaving: (leaving: boolean) => void;
};

export function CategoryDialog(props: CategoryDialogProps) {
  const { userRef, memory, onClose, onMoved, onLeaving } = props;
  const [category, setCategory] = useState("");
  const { mutateAsync, isPending } = useMoveMemory(userRef, onMoved);
  const list = useId();
  const rule = category === "" ? null : categoryProblem(category);
  const same = category === memory.category;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Move it to another category"
      confirmLabel="Move"
      pending={isPending}
      body={
        <div className="flex flex-col gap-3">
          <Field
            label="New category"
            error={rule ? `The category ${rule}.` : same ? "It is in this category." : undefined}
          >
            <Input
              data-autofocus
              value={category}
              onChange={(event) => setCategory(event.target.value)}
              list={list}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          </Field>
          <datalist id={list}>
            {USUAL_CATEGORIES.filter((known) => known !== memory.category).map((known) => (
              <option key={known} value={known} />
            ))}
          </datalist>
          <p>
            The category is a part of the key: it is renamed to the next free number of the new one, in one
            step. Its fields, their lives and its own life stay. Links to it by its old name lead nowhere
            afterwards.
          </p>
        </div>
      }
      onConfirm={async () => {
        const problem = categoryProblem(category) ?? (same ? "is the one it has already" : null);
        if (problem) throw new Error(`The category ${problem}.`);
        onLeaving(true);
        const moved = await mutateAsync({
          memory: memory.ref,
          category,
          ...(memory.version === null ? {} : { version: memory.version }),
        }).catch((error: unknown) => {
          onLeaving(false);
          throw error;
        });
        toast.success(`It is ${moved.category} ${moved.number} now`);
      }}
    />
  );
}
