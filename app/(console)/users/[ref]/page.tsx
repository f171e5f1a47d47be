import { TOP_MEMORIES, topMemoriesQuery } from "@/components/memories/queries";
import { TopMemories } from "@/components/memories/top-memories";
import { Hydrated } from "@/components/query/hydrate";
import { LimitSummary } from "@/components/rate-limits/limit-summary";
import { recentSessionsInput, recentSessionsQuery } from "@/components/sessions/queries";
import { RecentSessions } from "@/components/sessions/recent-sessions";
import { SessionStrip } from "@/components/sessions/session-strip";
import { StorageByClass } from "@/components/users/storage-by-class";
import { readMemories } from "@/lib/redis/memories/reads";
import { readSessionList } from "@/lib/redis/sessions/reads";

type Props = { params: Promise<{ ref: string }> };

/** Everything that a support call asks first, on one page. The limits are the layout's query. */
export default async function UserPage({ params }: Props) {
  const { ref } = await params;
  return (
    <Hydrated
      entries={[
        {
          queryKey: recentSessionsQuery(ref).queryKey,
          read: readSessionList(recentSessionsInput(ref)),
        },
        { queryKey: topMemoriesQuery(ref).queryKey, read: readMemories({ ref, ...TOP_MEMORIES }) },
      ]}
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <RecentSessions userRef={ref} />
          <SessionStrip userRef={ref} />
          <TopMemories userRef={ref} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:-order-1">
          <LimitSummary userRef={ref} />
          <StorageByClass userRef={ref} />
        </div>
      </div>
    </Hydrated>
  );
}
