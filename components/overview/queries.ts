import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import { ABOUT_FEED, ABOUT_SURVEY, aboutEverybody } from "@/components/query/live-topics";
import type { ChangesDto } from "@/lib/redis/keyspace/changes-schema";
import type { Overview, UsageSamples } from "@/lib/redis/usage/schema";

export const FEED_LENGTH = 40;

export const overviewKeys = {
  store: ["overview", "store"] as const,
  changes: ["changes"] as const,
  samples: ["overview", "samples"] as const,
};

export function overviewQuery() {
  return queryOptions({
    queryKey: overviewKeys.store,
    queryFn: ({ signal }) => fetchRead<Overview>("/api/usage/overview", {}, { signal }),
    // A change asks for a walk, where one is due; the walk tells when it has numbers.
    meta: { live: [aboutEverybody(), ABOUT_SURVEY], liveSpacingMs: 1_000 },
  });
}

/** The last changes; listening starts with the first who asks. */
export function changesQuery() {
  return queryOptions({
    queryKey: overviewKeys.changes,
    queryFn: ({ signal }) => fetchRead<ChangesDto>("/api/changes", { limit: FEED_LENGTH }, { signal }),
    meta: { live: [ABOUT_FEED] },
  });
}

/** The sizes of the last 24 hours; a new one comes at most every minute. */
export function samplesQuery() {
  return queryOptions({
    queryKey: overviewKeys.samples,
    queryFn: ({ signal }) => fetchRead<UsageSamples>("/api/usage/samples", {}, { signal }),
    meta: { live: [ABOUT_SURVEY], liveSpacingMs: 60_000 },
  });
}
