import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import { ABOUT_SURVEY, aboutEverybody, aboutUser } from "@/components/query/live-topics";
import type { SurveyStatus } from "@/lib/redis/keyspace/survey-schema";
import type { ExactSize, StorageSort, Usage, UserStorage } from "@/lib/redis/usage/schema";

export const usageKeys = {
  all: ["usage"] as const,
  store: ["usage", "store"] as const,
  survey: ["usage", "survey"] as const,
  storage: (userRef: string, page: number, sort: StorageSort) =>
    ["usage", "storage", userRef, page, sort] as const,
};

const keysPath = (userRef: string) => `/api/users/${encodeURIComponent(userRef)}/storage`;

/** The whole store by class, type, life, person and key. */
export function storeUsageQuery() {
  return queryOptions({
    queryKey: usageKeys.store,
    queryFn: ({ signal }) => fetchRead<Usage>("/api/usage", {}, { signal }),
    meta: { live: [aboutEverybody(), ABOUT_SURVEY], liveSpacingMs: 1_000 },
  });
}

/** How old the numbers of the store are, and how far a walk under way has come. */
export function surveyStatusQuery() {
  return queryOptions({
    queryKey: usageKeys.survey,
    queryFn: ({ signal }) => fetchRead<SurveyStatus>("/api/survey", {}, { signal }),
    meta: { live: [ABOUT_SURVEY] },
  });
}

/** One page of a person's keys. */
export function userStorageQuery(userRef: string, page: number, sort: StorageSort) {
  return queryOptions({
    queryKey: usageKeys.storage(userRef, page, sort),
    queryFn: ({ signal }) => fetchRead<UserStorage>(keysPath(userRef), { page, sort }, { signal }),
    meta: { live: [aboutUser("any", userRef)] },
  });
}

/** Exact bytes of one key; asked for by hand, because Redis serves nobody else while it counts. */
export function readExactSize(userRef: string, keyRef: string): Promise<ExactSize> {
  return fetchRead<ExactSize>(`${keysPath(userRef)}/${encodeURIComponent(keyRef)}`);
}
