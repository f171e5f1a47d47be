import type { Metadata } from "next";
import { filtersFrom } from "@/components/memories/filters";
import { MemoriesView } from "@/components/memories/memories-view";
import { OpenMemory } from "@/components/memories/open-memory";
import { memoryKeys } from "@/components/memories/queries";
import { Hydrated } from "@/components/query/hydrate";
import { UserMemorySearch } from "@/components/search/user-search";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readMemories, readOneMemory } from "@/lib/redis/memories/reads";
import type { MemoryFilters } from "@/lib/redis/memories/schema";

export const metadata: Metadata = { title: "Memories" };

type Props = {
  params: Promise<{ ref: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MemoriesPage({ params, searchParams }: Props) {
  const [{ ref }, search, { role }] = await Promise.all([params, searchParams, currentViewer()]);
  const filters = filtersFrom(search);
  const memory = typeof search.memory === "string" && search.memory !== "" ? search.memory : null;
  const canEdit = may(role, "memories.edit");
  return (
    <Hydrated
      entries={[
        {
          queryKey: memoryKeys.list(ref, filters),
          read: readMemories({ ref, ...(filters as MemoryFilters) }),
        },
        ...(memory ? [{ queryKey: memoryKeys.one(ref, memory), read: readOneMemory({ ref, memory }) }] : []),
      ]}
    >
      <UserMemorySearch userRef={ref}>
        <MemoriesView userRef={ref} canEdit={canEdit} />
      </UserMemorySearch>
      <OpenMemory userRef={ref} canEdit={canEdit} />
    </Hydrated>
  );
}
