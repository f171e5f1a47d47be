import type { Metadata } from "next";
import { TopMemories } from "@/components/memories/top-memories";
import { Playground } from "@/components/playground/playground";
import { playgroundQuery } from "@/components/playground/queries";
import { Hydrated } from "@/components/query/hydrate";
import { LimitSummary } from "@/components/rate-limits/limit-summary";
import { NotForRole } from "@/components/shell/not-for-role";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readPlaygroundState } from "@/lib/redis/playground/reads";

export const metadata: Metadata = { title: "Playground" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PlaygroundPage({ searchParams }: Props) {
  const { user: given } = await searchParams;
  const user = typeof given === "string" && given !== "" ? given : null;
  const { role } = await currentViewer();
  if (role !== null && !may(role, "playground")) {
    return (
      <>
        <PageHeader title="Playground" />
        <NotForRole title="The playground is for developers">
          It writes to the assistant&rsquo;s store as the assistant does. Ask a developer or an administrator.
        </NotForRole>
      </>
    );
  }
  return (
    <Hydrated
      entries={[
        { queryKey: playgroundQuery(user).queryKey, read: readPlaygroundState(user ? { user } : {}) },
      ]}
    >
      <PageHeader
        title="Playground"
        description="Act as the assistant: send a message and see it counted, appended, recalled for and answered, command by command."
      />
      <Playground
        user={user}
        aside={
          user ? (
            <>
              <LimitSummary userRef={user} />
              <TopMemories userRef={user} />
            </>
          ) : null
        }
      />
    </Hydrated>
  );
}
