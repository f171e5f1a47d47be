"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonSize } from "@/components/ui/button";
import { SET_NAME_CHARS } from "@/lib/redis/evaluation/rules";
import { setAddress } from "./address";
import { useCreateSet } from "./mutations";
import { NameDialog } from "./name-dialog";

export function NewSetButton({ size = "md" }: { size?: ButtonSize }) {
  const [open, setOpen] = useState(false);
  const create = useCreateSet();
  const router = useRouter();
  return (
    <>
      <Button
        size={size}
        variant={size === "md" ? "primary" : "secondary"}
        icon={<Plus />}
        onClick={() => setOpen(true)}
      >
        New set
      </Button>
      <NameDialog
        open={open}
        onOpenChange={setOpen}
        title="New set of questions"
        hint={`At most ${SET_NAME_CHARS} characters. Name what it asks about, not whom.`}
        submitLabel="Create the set"
        initial=""
        onSubmit={async (name) => {
          const { id } = await create.mutateAsync(name);
          router.push(setAddress(id));
        }}
      />
    </>
  );
}
