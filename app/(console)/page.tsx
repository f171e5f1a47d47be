import type { Metadata } from "next";
import { LiveFeed } from "@/components/overview/live-feed";
import { OverviewView } from "@/components/overview/overview-view";
import { changesQuery, FEED_LENGTH, overviewQuery, samplesQuery } from "@/components/overview/queries";
import { UsageDay } from "@/components/overview/usage-day";
import { Hydrated } from "@/components/query/hydrate";
import { PageHeader } from "@/components/ui/page-header";
import { surveyStatusQuery } from "@/components/usage/queries";
import { SurveyNote } from "@/components/usage/survey-note";
import { readChanges, readSamplesOfDay, readStoreOverview, readSurveyStatus } from "@/lib/redis/usage/reads";

export const metadata: Metadata = { title: "Overview" };

export default function OverviewPage() {
  return (
    <Hydrated
      entries={[
        { queryKey: overviewQuery().queryKey, read: readStoreOverview({}) },
        { queryKey: changesQuery().queryKey, read: readChanges({ limit: FEED_LENGTH }) },
        { queryKey: samplesQuery().queryKey, read: readSamplesOfDay({}) },
        { queryKey: surveyStatusQuery().queryKey, read: readSurveyStatus({}) },
      ]}
    >
      <PageHeader title="Overview" actions={<SurveyNote />} />
      <OverviewView feed={<LiveFeed />} day={<UsageDay />} />
    </Hydrated>
  );
}
