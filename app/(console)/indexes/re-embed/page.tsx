import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ChooseModel } from "@/components/indexes/choose-model";
import { indexesQuery } from "@/components/indexes/queries";
import { reEmbedPlace } from "@/components/indexes/re-embed-address";
import { SecondIndex } from "@/components/indexes/second-index";
import { SwitchCard } from "@/components/indexes/switch-card";
import { Hydrated } from "@/components/query/hydrate";
import { Crumbs } from "@/components/shell/crumbs";
import { PageHeader } from "@/components/ui/page-header";
import { CleanUpCard } from "@/components/vector-doctor/clean-up-card";
import { FillCard } from "@/components/vector-doctor/fill-card";
import { FillPlanCard } from "@/components/vector-doctor/fill-plan-card";
import { vectorFieldsQuery } from "@/components/vector-doctor/queries";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readIndexesState } from "@/lib/redis/indexes/reads";
import { readVectorFieldsState } from "@/lib/redis/vector-doctor/reads";

export const metadata: Metadata = { title: "Another model" };

const CRUMBS = [{ label: "Index", href: "/indexes" }, { label: "Another model" }];

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Steps from one embedding model to another. Where one is in them stands in the address. */
export default async function ReEmbedPage({ searchParams }: Props) {
  const [parameters, { role }] = await Promise.all([searchParams, currentViewer()]);
  const place = reEmbedPlace(parameters);
  if (!place) redirect("/indexes");
  const { from, model, to } = place;
  const canEdit = may(role, "indexes.edit");
  return (
    <Hydrated
      entries={[
        { queryKey: indexesQuery().queryKey, read: readIndexesState({}) },
        { queryKey: vectorFieldsQuery().queryKey, read: readVectorFieldsState({}) },
      ]}
    >
      <Crumbs items={CRUMBS} />
      <PageHeader
        title="Embed everything with another model"
        description="Beside the old vectors, in a field of their own: the old index serves until you switch, and can be switched back to."
      />
      <div className="flex flex-col gap-4">
        <ChooseModel place={place} />
        {model ? <FillPlanCard key={model} index={from} model={model} canEdit={canEdit} /> : null}
        {model ? <SecondIndex place={place} canEdit={canEdit} /> : null}
        {to ? <FillCard index={to} canEdit={canEdit} /> : null}
        {to ? <SwitchCard from={from} to={to} canEdit={canEdit} /> : null}
        <CleanUpCard canEdit={canEdit} />
      </div>
    </Hydrated>
  );
}
