import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import { Hydrated } from "@/components/query/hydrate";
import { filtersFromAddress } from "@/components/search/address";
import { searchSetupQuery } from "@/components/search/queries";
import { SearchLab } from "@/components/search/search-lab";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readSearchSetup } from "@/lib/redis/search/reads";

export const metadata: Metadata = { title: "Search lab" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SearchPage({ searchParams }: Props) {
  const filters = filtersFromAddress(await searchParams);
  const user = filters.user ?? undefined;
  const { role } = await currentViewer();
  return (
    <Hydrated
      entries={[{ queryKey: searchSetupQuery(filters.user).queryKey, read: readSearchSetup({ user }) }]}
    >
      <PageHeader
        title="Search lab"
        description="Ask as the assistant asks, see what it would recall, in which order and why."
        actions={
          <ButtonLink href="/search/evaluation" icon={<ListChecks />}>
            Recall tests
          </ButtonLink>
        }
      />
      <SearchLab initial={filters} canTest={may(role, "evaluation.edit")} />
    </Hydrated>
  );
}
