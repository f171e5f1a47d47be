import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { addressOf } from "@/components/evaluation/address";
import { EvaluationView } from "@/components/evaluation/evaluation-view";
import { setQuery, setsQuery } from "@/components/evaluation/queries";
import { Hydrated } from "@/components/query/hydrate";
import { Crumbs } from "@/components/shell/crumbs";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readRecallSet, readRecallSets } from "@/lib/redis/evaluation/reads";

export const metadata: Metadata = { title: "Recall tests" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const TRAIL = [{ label: "Search lab", href: "/search" }, { label: "Recall tests" }];

export default async function EvaluationPage({ searchParams }: Props) {
  const address = addressOf(await searchParams);
  const { role } = await currentViewer();
  const { set, page } = address;
  const own = set ? [{ queryKey: setQuery(set, page).queryKey, read: readRecallSet({ set, page }) }] : [];
  return (
    <Hydrated entries={[{ queryKey: setsQuery().queryKey, read: readRecallSets({}) }, ...own]}>
      <Crumbs items={TRAIL} />
      <PageHeader
        title="Recall tests"
        description="Questions as people ask them, each with the memories that should be found: how well every setting finds them, and what a change made better or worse."
        actions={
          <ButtonLink href="/search" icon={<ArrowLeft />}>
            Search lab
          </ButtonLink>
        }
      />
      <EvaluationView address={address} canEdit={may(role, "evaluation.edit")} />
    </Hydrated>
  );
}
