"use client";

import { Eye } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";

const RevealDialog = dynamic(() => import("./reveal-dialog").then((file) => file.RevealDialog), {
  ssr: false,
});

/** Stands on the pages of one person while that person's data is masked. */
export function RevealButton({ userRef }: { userRef: string }) {
  const { sees, can, me } = useOperator();
  const [isOpen, setOpen] = useState(false);
  // Once opened it stays mounted, so that it can close in its own way and give the focus back.
  const [wasOpened, setOpened] = useState(false);
  if (!me || sees(userRef) || !can("reveal")) return null;
  return (
    <>
      <Button
        icon={<Eye />}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        Reveal
      </Button>
      {wasOpened ? <RevealDialog userRef={userRef} open={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}
