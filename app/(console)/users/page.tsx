import type { Metadata } from "next";
import { EmptyStore } from "@/components/overview/empty-store";
import { Hydrated } from "@/components/query/hydrate";
import { PageHeader } from "@/components/ui/page-header";
import { surveyStatusQuery } from "@/components/usage/queries";
import { SurveyNote } from "@/components/usage/survey-note";
import { parseListAddress } from "@/components/users/list-address";
import { listUsersRequest, userListQuery } from "@/components/users/queries";
import { UsersView } from "@/components/users/users-view";
import { readSurveyStatus } from "@/lib/redis/usage/reads";
import { readUsers } from "@/lib/redis/users/reads";

export const metadata: Metadata = { title: "Users" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UsersPage({ searchParams }: Props) {
  const params = parseListAddress(await searchParams);
  return (
    <Hydrated
      entries={[
        {
          queryKey: userListQuery(params).queryKey,
          read: readUsers(listUsersRequest(params)),
        },
        { queryKey: surveyStatusQuery().queryKey, read: readSurveyStatus({}) },
      ]}
    >
      <PageHeader title="Users" actions={<SurveyNote />} />
      <UsersView emptyStore={<EmptyStore />} />
    </Hydrated>
  );
}
