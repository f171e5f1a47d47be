import type { Metadata } from "next";
import { IndexesView } from "@/components/indexes/indexes-view";
import { indexesQuery } from "@/components/indexes/queries";
import { Hydrated } from "@/components/query/hydrate";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readIndexesState } from "@/lib/redis/indexes/reads";

export const metadata: Metadata = { title: "Index" };

export default async function IndexesPage() {
  const { role } = await currentViewer();
  return (
    <Hydrated entries={[{ queryKey: indexesQuery().queryKey, read: readIndexesState({}) }]}>
      <IndexesView canEdit={may(role, "indexes.edit")} />
    </Hydrated>
  );
}
