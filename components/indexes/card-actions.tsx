"use client";

import { Ellipsis, Hammer, Link2, RefreshCcw, Stethoscope, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ButtonLink, IconButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { AdoptButton } from "./adopt-button";

const RebuildIndex = dynamic(() => import("./rebuild-index").then((file) => file.RebuildIndex), {
  ssr: false,
});
const AliasDialog = dynamic(() => import("./alias-dialog").then((file) => file.AliasDialog), { ssr: false });
const DropIndex = dynamic(() => import("./drop-index").then((file) => file.DropIndex), { ssr: false });

export type CardActionsProps = { index: IndexDto; state: IndexesState; canEdit: boolean };

/** What can be done with one index. */
export function CardActions({ index, state, canEdit }: CardActionsProps) {
  const [open, setOpen] = useState<"rebuild" | "alias" | "drop" | null>(null);
  const used = state.active?.name === index.name ? state.active : null;
  const fitsPeople = index.keyType === "HASH" && index.coverage !== "none";
  const close = () => setOpen(null);
  const dialog = { index, state, onClose: close };
  const parameter = encodeURIComponent(index.name);
  return (
    <>
      {canEdit && used?.chosenBy === "adopted" ? <AdoptButton name={null} label="Give it up" /> : null}
      {canEdit && !used && fitsPeople ? <AdoptButton name={index.name} label="Use this one" /> : null}
      {fitsPeople ? (
        <ButtonLink size="sm" icon={<Stethoscope />} href={`/indexes/doctor?index=${parameter}`}>
          Doctor
        </ButtonLink>
      ) : null}
      {canEdit ? (
        <Menu
          label={`Actions for ${index.name}`}
          trigger={
            <IconButton label={`More about ${index.name}`} size="sm">
              <Ellipsis />
            </IconButton>
          }
          items={[
            ...(fitsPeople
              ? ([
                  {
                    label: "Build it anew beside this one",
                    icon: <Hammer />,
                    onSelect: () => setOpen("rebuild"),
                    disabled: index.rebuild?.status === "running",
                  },
                  { label: "Aliases", icon: <Link2 />, onSelect: () => setOpen("alias") },
                  {
                    label: "Embed everything with another model",
                    icon: <RefreshCcw />,
                    href: `/indexes/re-embed?from=${parameter}`,
                  },
                  "separator",
                ] as const)
              : []),
            { label: "Drop it", icon: <Trash2 />, danger: true, onSelect: () => setOpen("drop") },
          ]}
        />
      ) : null}
      {open === "rebuild" ? <RebuildIndex {...dialog} /> : null}
      {open === "alias" ? <AliasDialog {...dialog} /> : null}
      {open === "drop" ? <DropIndex {...dialog} /> : null}
    </>
  );
}
