import type { Metadata } from "next";
import { Hydrated } from "@/components/query/hydrate";
import { EveryoneView } from "@/components/rate-limits/everyone-view";
import { everyonesLimitsQuery } from "@/components/rate-limits/queries";
import { PageHeader } from "@/components/ui/page-header";
import { surveyStatusQuery } from "@/components/usage/queries";
import { SurveyNote } from "@/components/usage/survey-note";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readEverybodysRateLimits } from "@/lib/redis/rate-limits/reads";
import { readSurveyStatus } from "@/lib/redis/usage/reads";

export const metadata: Metadata = { title: "Limits" };

export default async function EverybodysLimitsPage() {
  const { role } = await currentViewer();
  return (
    <Hydrated
      entries={[
        { queryKey: everyonesLimitsQuery().queryKey, read: readEverybodysRateLimits({}) },
        { queryKey: surveyStatusQuery().queryKey, read: readSurveyStatus({}) },
      ]}
    >
      <PageHeader
        title="Limits"
        description="Who is blocked or near a limit now. The counts are read at this moment; who is here comes from the last scan and from every change since."
        actions={<SurveyNote />}
      />
      <EveryoneView mayEdit={may(role, "limits.edit")} />
    </Hydrated>
  );
}
