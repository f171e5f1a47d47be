"use client";

import { Download, Pencil, Trash2, Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SetDetail } from "@/lib/redis/evaluation/types";
import { ImportDialog } from "./import-dialog";
import { useDeleteSet, useRenameSet } from "./mutations";
import { NameDialog } from "./name-dialog";
import { countPeople, countQuestions } from "./words";

export function SetHeader({ detail, canEdit }: { detail: SetDetail; canEdit: boolean }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold break-words">{detail.name}</h2>
        <p className="text-xs text-fg-muted">
          {countQuestions(detail.questions)} about {countPeople(detail.people)}, begun{" "}
          <TimeAgo ms={detail.createdAtMs} /> by {detail.createdBy}
        </p>
      </div>
      {canEdit ? <Actions detail={detail} /> : null}
    </div>
  );
}

type Open = "rename" | "import" | "delete" | null;

function Actions({ detail }: { detail: SetDetail }) {
  const [open, setOpen] = useState<Open>(null);
  const rename = useRenameSet(detail.id);
  const remove = useDeleteSet(detail.id);
  const router = useRouter();
  const onOpenChange = (next: boolean) => setOpen(next ? open : null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" icon={<Pencil />} onClick={() => setOpen("rename")}>
        Rename
      </Button>
      <Button size="sm" icon={<Upload />} onClick={() => setOpen("import")}>
        Import
      </Button>
      <ButtonAnchor size="sm" icon={<Download />} href={`/api/evaluation/${detail.id}/export`} download>
        Download
      </ButtonAnchor>
      <Button size="sm" icon={<Trash2 />} onClick={() => setOpen("delete")}>
        Delete
      </Button>
      <NameDialog
        open={open === "rename"}
        onOpenChange={onOpenChange}
        title="Rename this set"
        hint="Name what it asks about, not whom."
        submitLabel="Rename"
        initial={detail.name}
        onSubmit={async (name) => {
          await rename.mutateAsync(name);
        }}
      />
      <ImportDialog open={open === "import"} onOpenChange={onOpenChange} set={detail.id} />
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={onOpenChange}
        title="Delete this set?"
        body={`${countQuestions(detail.questions)} and the figures of ${detail.runs.length} runs go with it. Memories stay as they are. Download it first if it may be wanted again.`}
        confirmLabel={`Delete ${countQuestions(detail.questions)}`}
        danger
        onConfirm={async () => {
          await remove.mutateAsync();
          router.push("/search/evaluation");
        }}
      />
    </div>
  );
}
