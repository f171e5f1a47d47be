"use client";

import { Ellipsis, FolderInput, Pencil, Timer, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { MemoryDetail } from "@/lib/redis/memories/types";

export type MemoryDeed = "edit" | "delete" | "life" | "category";

/** What can be done with the opened memory. */
export function MemoryActions({ memory, onDo }: { memory: MemoryDetail; onDo: (deed: MemoryDeed) => void }) {
  const { version } = memory;
  return (
    <>
      <Button
        variant="ghost"
        icon={<Trash2 />}
        className="mr-auto text-danger-fg hover:text-danger-fg"
        onClick={() => onDo("delete")}
      >
        Delete
      </Button>
      <Menu
        label="More"
        trigger={<Button icon={<Ellipsis />}>More</Button>}
        items={[
          { label: "Give it a life…", icon: <Timer />, onSelect: () => onDo("life") },
          { label: "Another category…", icon: <FolderInput />, onSelect: () => onDo("category") },
        ]}
      />
      <Button
        icon={<Pencil />}
        disabled={version === null}
        data-tip={version === null ? whyNotEdited(memory) : undefined}
        onClick={() => onDo("edit")}
      >
        Edit
      </Button>
    </>
  );
}

function whyNotEdited({ masked }: MemoryDetail): string {
  return masked
    ? "It is masked: reveal this person, or show ids and texts again"
    : "Its text is too long to be edited here";
}
