"use client";

import dynamic from "next/dynamic";
import { useMemoryAddress } from "./use-memory-address";

// The drawer comes when it is first opened.
const MemorySheet = dynamic(() => import("./memory-sheet").then((file) => file.MemorySheet), { ssr: false });

/** The drawer of the memory that the address names. Beside the list, so that search results open it too. */
export function OpenMemory({ userRef, canEdit }: { userRef: string; canEdit: boolean }) {
  const { memory, openMemory } = useMemoryAddress();
  if (!memory) return null;
  return (
    <MemorySheet
      key={memory}
      userRef={userRef}
      memory={memory}
      canEdit={canEdit}
      onClose={() => openMemory(null)}
      onMoved={openMemory}
    />
  );
}
