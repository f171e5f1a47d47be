import type { Metadata } from "next";
import { EmptyStore } from "@/components/overview/empty-store";
import { Hydrated } from "@/components/query/hydrate";
import { PageHeader } from "@/components/ui/page-header";
import { storeUsageQuery, surveyStatusQuery } from "@/components/usage/queries";
import { SurveyNote } from "@/components/usage/survey-note";
import { UsageView } from "@/components/usage/usage-view";
import { readStoreUsage, readSurveyStatus } from "@/lib/redis/usage/reads";

export const metadata: Metadata = { title: "Memory use" };

export default function UsagePage() {
  return (
    <Hydrated
      entries={[
        { queryKey: storeUsageQuery().queryKey, read: readStoreUsage({}) },
        { queryKey: surveyStatusQuery().queryKey, read: readSurveyStatus({}) },
      ]}
    >
      <PageHeader
        title="Memory use"
        description="What the data of people takes in Redis, by class, person and key."
        actions={<SurveyNote />}
      />
      <UsageView emptyStore={<EmptyStore />} />
    </Hydrated>
  );
}
