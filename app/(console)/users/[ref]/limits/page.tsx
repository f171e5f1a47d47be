import type { Metadata } from "next";
import { Hydrated } from "@/components/query/hydrate";
import { LimitsView } from "@/components/rate-limits/limits-view";
import { rateLimitsQuery } from "@/components/rate-limits/queries";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readUserRateLimits } from "@/lib/redis/rate-limits/reads";

export const metadata: Metadata = { title: "Limits" };

export default async function LimitsPage({ params }: { params: Promise<{ ref: string }> }) {
  const { ref } = await params;
  const { role } = await currentViewer();
  const rights = { repair: may(role, "limits.repair"), edit: may(role, "limits.edit") };
  return (
    <Hydrated entries={[{ queryKey: rateLimitsQuery(ref).queryKey, read: readUserRateLimits({ ref }) }]}>
      <LimitsView userRef={ref} rights={rights} />
    </Hydrated>
  );
}
